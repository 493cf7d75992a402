// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

#include <utility>
#include <variant>

namespace sallyport {

/// Wraps an error so that `Result<T, E>` can be made from it without ambiguity.
template <typename E>
struct Failure {
    E error;
};
template <typename E>
Failure(E) -> Failure<E>;

/// Either the value that was asked for or the error that explains why there is none.
///
/// Used for everything that can be expected to fail; broken invariants assert instead.
/// Asking for the value of a failure, or for the error of a success, asserts.
template <typename T, typename E>
class [[nodiscard]] Result {
public:
    Result(T value)
        : m_state(std::in_place_index<0>, std::move(value)) {}
    Result(Failure<E> failure)
        : m_state(std::in_place_index<1>, std::move(failure.error)) {}

    [[nodiscard]] bool isOk() const { return m_state.index() == 0; }
    explicit operator bool() const { return isOk(); }

    [[nodiscard]] const T& value() const& {
        Q_ASSERT(isOk());
        return std::get<0>(m_state);
    }
    [[nodiscard]] T& value() & {
        Q_ASSERT(isOk());
        return std::get<0>(m_state);
    }
    [[nodiscard]] T&& value() && {
        Q_ASSERT(isOk());
        return std::move(std::get<0>(m_state));
    }
    [[nodiscard]] const E& error() const {
        Q_ASSERT(!isOk());
        return std::get<1>(m_state);
    }
    const T* operator->() const { return &value(); }
    T* operator->() { return &value(); }
    const T& operator*() const { return value(); }
    T& operator*() { return value(); }

private:
    std::variant<T, E> m_state;
};

/// The value of an operation that has nothing to hand over but success.
struct Done {
    friend bool operator==(Done, Done) = default;
};

} // namespace sallyport
