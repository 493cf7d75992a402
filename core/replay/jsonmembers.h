// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>

#include <nlohmann/json.hpp>

/// Members of JSON that others wrote, of whatever type: what is not there, or of another type, is
/// the empty value.
namespace sallyport::jsonmembers {

[[nodiscard]] const nlohmann::json& member(const nlohmann::json& object, const char* name);
[[nodiscard]] QByteArray text(const nlohmann::json& object, const char* name);
/// From 0 to 10^15.
[[nodiscard]] double number(const nlohmann::json& object, const char* name);

} // namespace sallyport::jsonmembers
