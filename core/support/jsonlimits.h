// SPDX-License-Identifier: MIT
#pragma once

namespace sallyport {

/// Levels of objects and arrays that a JSON text may have where we read it; a deeper one is refused
/// before anything is built of it. The documents of our clients, upstreams and files have fewer
/// than 20; what reads, copies or destroys a tree needs stack for each level. Content that passes
/// through is not read and not bounded by this. QJsonDocument, which reads the journal and
/// the list of models, has a bound of its own: 1024.
inline constexpr int kMaxJsonDepth = 256;

} // namespace sallyport
