// SPDX-License-Identifier: MIT
#pragma once

#include "core/observe/exchangerecord.h"

#include <QByteArray>

namespace sallyport {

/// The parts of an exchange that are stored as blobs: CBOR (RFC 8949), bodies as CBOR of their
/// pieces, both in the form of packedblob. What cannot be read gives an empty value.
namespace exchangecodec {

/// What few records have and no filter asks for; empty when this one has none of it.
[[nodiscard]] QByteArray encodedRest(const ExchangeRecord& record);
void decodeRest(const QByteArray& blob, ExchangeRecord& into);

/// Field sections, marks and messages of a WebSocket; not the record and not the bodies.
[[nodiscard]] QByteArray encodedHead(const ExchangeDetail& detail);
void decodeHead(const QByteArray& blob, ExchangeDetail& into);

[[nodiscard]] QByteArray encodedBody(const QVector<BodyPiece>& pieces);
[[nodiscard]] QVector<BodyPiece> decodedBody(const QByteArray& blob);

} // namespace exchangecodec

} // namespace sallyport
