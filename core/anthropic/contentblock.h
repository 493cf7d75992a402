// SPDX-License-Identifier: MIT
#pragma once

#include <QJsonArray>
#include <QJsonObject>
#include <QString>

namespace sallyport {

/// One block of a message's content while its deltas arrive. Appends text in place, so that a block
/// of many deltas costs as much as its text.
class ContentBlock {
public:
    /// `start`: the `content_block` of a content_block_start event.
    explicit ContentBlock(const QJsonObject& start);
    /// Takes the `delta` of a content_block_delta. One that does not belong to the block's type is
    /// passed over, as the vendor's SDK does.
    void take(const QJsonObject& delta);
    /// The block as far as it came; the input of a tool as far as its partial JSON can be read.
    [[nodiscard]] QJsonObject object() const;

private:
    void takeCompaction(const QJsonObject& delta);

    QJsonObject m_start;
    QString m_type;
    QString m_text; ///< of text and thinking blocks
    QJsonArray m_citations;
    QString m_partialInput; ///< JSON of a tool's input so far
    bool m_hasInputDelta = false;
};

} // namespace sallyport
