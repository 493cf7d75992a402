// SPDX-License-Identifier: MIT
#include "core/anthropic/messagesrequestreader.h"

#include <array>

namespace sallyport {

namespace {

constexpr std::array<std::string_view, 1> kPaths{"model"};

} // namespace

MessagesRequestReader::MessagesRequestReader()
    : m_members(kPaths) {}

QByteArray MessagesRequestReader::model() const {
    return m_members.text(kPaths.front()).left(kMaxModel);
}

} // namespace sallyport
