// SPDX-License-Identifier: MIT
#pragma once

#include "core/anthropic/jsonmemberreader.h"

#include <QByteArray>
#include <QByteArrayView>

#include <optional>
#include <span>
#include <utility>

namespace sallyport {

/// A pattern, in which `*` stands for any text, and the name that takes the place of the whole.
using ModelRule = std::pair<QByteArray, QByteArray>;

/// The name by the first rule that fits the whole of `model`.
[[nodiscard]] std::optional<QByteArray> renamedModel(std::span<const ModelRule> rules,
                                                     QByteArrayView model);

/// Renames the model of a Messages request while its content passes in pieces of any size: the
/// string that is the top-level member `model` is replaced, every other byte stays as it came.
///
/// What comes before the end of that string is held, since the length of the content has to be
/// known before its first byte goes; what comes after passes at once. A content that is no JSON
/// object, has no string `model`, or is nested deeper than kMaxJsonDepth before it, goes on as it
/// came once that is known.
class ModelRename {
public:
    /// A model that does not end within so many bytes is TooFar: the most that the Messages API
    /// takes of a request, so that clients that write `model` after the messages work as well.
    static constexpr qsizetype kMaxHeld = qsizetype{32} * 1024 * 1024;

    enum class State {
        Looking, ///< everything so far is held
        Passing, ///< decided
        Twice,   ///< a second top-level `model`: servers differ on which of the two counts
        TooFar,
    };

    /// `rules` is borrowed.
    explicit ModelRename(std::span<const ModelRule> rules);

    /// What goes on now; valid until the next call. Nothing in Twice and TooFar.
    [[nodiscard]] QByteArrayView feed(QByteArrayView bytes);
    /// The content has ended: what was still held. Decides.
    [[nodiscard]] QByteArrayView finish();

    [[nodiscard]] State state() const { return m_state; }
    /// By how many bytes the content becomes longer; known once it is no longer Looking.
    [[nodiscard]] qint64 growth() const { return m_growth; }
    /// What it was renamed from and to; empty where no rule fits.
    [[nodiscard]] const QByteArray& asked() const { return m_asked; }
    [[nodiscard]] const QByteArray& sent() const { return m_sent; }

private:
    void decide();

    std::span<const ModelRule> m_rules;
    JsonMemberReader m_members;
    State m_state = State::Looking;
    QByteArray m_held;
    QByteArray m_asked;
    QByteArray m_sent;
    qint64 m_growth = 0;
};

} // namespace sallyport
