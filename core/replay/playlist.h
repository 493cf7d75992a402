// SPDX-License-Identifier: MIT
#pragma once

#include "core/replay/recordedexchange.h"

#include <QByteArrayView>
#include <QStringList>

namespace sallyport {

/// Chooses from the exchanges of a recording. Of those with the method and path of a request (from
/// `/v1/` on where there is one; HEAD takes what GET got), the ones with the same query go before
/// others, then the ones with the same content; of these each is given once, in their order, and
/// when all were given they begin again. A value; not thread-safe.
class Playlist {
public:
    explicit Playlist(std::vector<RecordedExchange> exchanges);

    /// Null where no exchange has that method and path. Valid as long as the list.
    [[nodiscard]] const RecordedExchange* next(QByteArrayView method, QByteArrayView target,
                                               const QByteArray& contentDigest);
    /// `POST /v1/messages`: what was recorded, each once, up to `most`.
    [[nodiscard]] QStringList requests(int most) const;

private:
    std::vector<RecordedExchange> m_exchanges;
    std::vector<bool> m_wasGiven;
};

} // namespace sallyport
