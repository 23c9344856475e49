// SPDX-License-Identifier: BSL-1.0
// Options of copies that encrypt or decrypt. Apart from those of other copies: a model, which reads these with what it
// needs of the engine, has no need of durations, which cost 3.5 MB.
#pragma once

#include <mica/core/progress.hpp>
#include <mica/core/run_limits.hpp>

namespace mica {

/// How encrypt_file() and decrypt_file() copy a database.
struct EncryptOptions {
    /// Gets the pages that are written and about how many there will be, each time there are more, and at the end.
    Progress progress{};
    /// When it has to be done, and who may stop it: see LimitScope.
    Deadline deadline{};
    StopToken stop{};
    /// What goes with the key of the one that is encrypted, as in a URL; what is 0, and a negative cipher_use_hmac, is
    /// left to the library.
    int cipher_page_size = 0;
    int kdf_iter = 0;
    int cipher_compatibility = 0;
    int cipher_use_hmac = -1;
};

}  // namespace mica
