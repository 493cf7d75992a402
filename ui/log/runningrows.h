// SPDX-License-Identifier: MIT
#pragma once

#include "ui/detail/outputrate.h"
#include "ui/log/rowtext.h"

#include <QHash>

namespace sallyport {

/// What a table of live records sees of the running ones from update to update: when the response
/// grew last, and how fast its message comes.
class RunningRows {
public:
    /// A record that came; `before` is the state that it replaces, null for a new one.
    void note(const ExchangeRecord& record, const ExchangeRecord* before, WallTime now);
    [[nodiscard]] RowActivity activity(const ExchangeRecord& record, WallTime now) const;

private:
    struct Row {
        WallTime lastByte{};
        OutputRate rate;
    };
    QHash<quint64, Row> m_rows; ///< by id; of running exchanges alone
};

} // namespace sallyport
