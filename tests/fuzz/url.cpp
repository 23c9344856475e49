// SPDX-License-Identifier: BSL-1.0
// libFuzzer's target for URLs: a text is refused by a ProgrammingError, or its display names the same database.
#include <mica/sqlite/transaction_text.hpp>
#include <mica/sqlite/url.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

void require(bool holds, std::string_view what, std::string_view text) {
    if (holds) return;
    std::fprintf(stderr, "%.*s: %.*s\n", static_cast<int>(what.size()), what.data(), static_cast<int>(text.size()),
                 text.data());
    std::abort();
}

void check_url(std::string_view text) {
    mica::Url url;
    try {
        url = mica::parse_url(text);
    } catch (const mica::ProgrammingError&) {
        return;
    }
    const std::string shown = url.display();
    const std::string_view passphrase = url.encryption.key.text();
    if (passphrase.empty()) {
        require(mica::parse_url(shown) == url, "is another database after display", text);
    } else {
        require(shown.starts_with("sqlite+sqlcipher://:***@/"), "hides no passphrase", text);
        url.encryption.key = mica::Passphrase{"***"};
        require(mica::parse_url(shown) == url, "is another database after display", text);
    }
    const auto options = url.open_options();
    require(options.busy_timeout_ms >= 0, "has a negative timeout", text);
    require(url.open_path().find('\0') == std::string::npos, "has a NUL in its path", text);
    mica::sqlite::detail::require_sensible(url.open_path(), options);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    check_url(text);
    if (mica::sqlite::read_transaction_text(text).kind != mica::TransactionText::Kind::other) {
        require(mica::sqlite::may_be_transaction_text(text), "is about transactions after all", text);
    }
    return 0;
}
