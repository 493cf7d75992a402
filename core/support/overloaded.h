// SPDX-License-Identifier: MIT
#pragma once

namespace sallyport {

/// Makes one visitor for std::visit of several lambdas. A variant with an alternative that none of
/// them takes does not compile.
template <typename... Ts>
struct Overloaded : Ts... {
    using Ts::operator()...;
};
template <typename... Ts>
Overloaded(Ts...) -> Overloaded<Ts...>;

} // namespace sallyport
