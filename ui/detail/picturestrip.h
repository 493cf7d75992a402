// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QHBoxLayout>
#include <QImage>
#include <QLabel>
#include <QSize>
#include <QWidget>

#include <vector>

namespace sallyport {

/// The pictures that stand in a body as base64 of more than kMaxDisplayLine bytes, decoded, in
/// order; at most `limit` of them.
[[nodiscard]] std::vector<QByteArray> base64Pictures(QByteArrayView body, std::size_t limit);

/// A picture as it is shown among other things.
struct SmallPicture {
    QImage view; ///< null: not a picture, or one of more than 64 megapixels
    QSize size;  ///< of the picture itself, in pixels
};
/// At most 72 pixels high. May be called on any thread.
[[nodiscard]] SmallPicture smallPicture(const QByteArray& bytes);

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
