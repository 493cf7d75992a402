// SPDX-License-Identifier: MIT
#pragma once

#include <QSharedData>
#include <QSharedDataPointer>

#include <utility>

namespace sallyport {

/// A large value that is mostly absent: one pointer where it is. Copies share the value until one
/// of them is written to (`*` or `->` on what is not const); they may be on different threads.
template <typename T>
class SharedOptional {
public:
    SharedOptional() = default;
    /// Not explicit, as with std::optional: a value can be assigned.
    SharedOptional(T value) // NOLINT(google-explicit-constructor)
        : m_box(new Box(std::move(value))) {}

    [[nodiscard]] bool has_value() const { return m_box.constData() != nullptr; }
    [[nodiscard]] explicit operator bool() const { return has_value(); }
    [[nodiscard]] const T& operator*() const { return m_box->value; }
    [[nodiscard]] T& operator*() { return m_box->value; }
    [[nodiscard]] const T* operator->() const { return &m_box->value; }
    [[nodiscard]] T* operator->() { return &m_box->value; }

private:
    struct Box : QSharedData {
        explicit Box(T given)
            : value(std::move(given)) {}
        T value;
    };
    QSharedDataPointer<Box> m_box;
};

} // namespace sallyport
