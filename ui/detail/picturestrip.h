// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QHBoxLayout>
#include <QLabel>
#include <QWidget>

#include <vector>

namespace sallyport {

/// The pictures that stand in a body as base64 of more than kMaxDisplayLine bytes, decoded, in
/// order; at most `limit` of them.
[[nodiscard]] std::vector<QByteArray> base64Pictures(QByteArrayView body, std::size_t limit);

/// Small views of the pictures of a body; hidden when it has none.
class PictureStrip : public QWidget {
    Q_OBJECT
public:
    explicit PictureStrip(QWidget* parent = nullptr);
    /// Bytes that are no picture, or one of more than 64 megapixels, are left out.
    void setPictures(const std::vector<QByteArray>& pictures);
    void clear();

private:
    QHBoxLayout* m_row;
    std::vector<QLabel*> m_labels; ///< children
};

} // namespace sallyport
