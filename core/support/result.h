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

/// Either a value or the error that explains why there is none.
///
/// For failures that can be expected; broken invariants assert instead.
/// Reading the value of a failure, or the error of a success, asserts.
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

/// The value of an operation that has no other result than success.
struct Done {
    friend bool operator==(Done, Done) = default;
};

} // namespace sallyport
