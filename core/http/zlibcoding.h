// SPDX-License-Identifier: MIT
#pragma once

#include "core/http/coding.h"

#include <memory>

namespace sallyport {

/// RFC 1952; several members one after the other are one content.
[[nodiscard]] std::unique_ptr<Coding> makeGzipCoding();
/// RFC 1950, and the bare RFC 1951 that some servers send under the same name.
[[nodiscard]] std::unique_ptr<Coding> makeDeflateCoding();

} // namespace sallyport
