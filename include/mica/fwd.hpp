// SPDX-License-Identifier: BSL-1.0
// Names to use in declarations without including the library.
#pragma once

#include <mica/core/decl.hpp>

namespace mica {

namespace sqlite {
inline namespace MICA_COMPILATION {
struct Backend;
}
}  // namespace sqlite

template <class BackendType>
class BasicEngine;
template <class BackendType>
class BasicConnection;
template <class BackendType>
class BasicTransaction;
template <class BackendType>
class BasicSavepoint;
template <class BackendType>
class BasicReader;
template <class BackendType>
class BasicTestScope;
template <class BackendType>
class BasicSession;
template <class BackendType, class Row>
class BasicResult;
template <class Owner>
class Ref;

using Engine = BasicEngine<sqlite::Backend>;
using Connection = BasicConnection<sqlite::Backend>;
using Transaction = BasicTransaction<sqlite::Backend>;
using Savepoint = BasicSavepoint<sqlite::Backend>;
using Reader = BasicReader<sqlite::Backend>;
using TestScope = BasicTestScope<sqlite::Backend>;
using Session = BasicSession<sqlite::Backend>;
template <class Row>
using Result = BasicResult<sqlite::Backend, Row>;

template <class Value>
struct Codec;

}  // namespace mica
