// SPDX-License-Identifier: MIT
#include "ui/detail/picturestrip.h"

#include "ui/detail/displaytext.h"
#include "ui/log/rowtext.h"

#include <QBuffer>
#include <QImageReader>

#include <algorithm>

namespace sallyport {

namespace {

constexpr int kHeight = 72; ///< of a small view, in pixels
constexpr qint64 kMaxPixels = 64'000'000;

} // namespace

SmallPicture smallPicture(const QByteArray& bytes) {
    QBuffer buffer;
    buffer.setData(bytes);
    if (!buffer.open(QBuffer::ReadOnly)) return {};
    QImageReader reader(&buffer);
    const QSize size = reader.size();
    if (size.isEmpty() || qint64{size.width()} * size.height() > kMaxPixels) return {};
    const QSize most(4 * kHeight, kHeight);
    if (size.width() > most.width() || size.height() > most.height())
        reader.setScaledSize(size.scaled(most, Qt::KeepAspectRatio));
    return {reader.read(), size};
}

std::vector<QByteArray> base64Pictures(QByteArrayView body, std::size_t limit) {
    std::vector<QByteArray> pictures;
    auto at = body.begin();
    while (at != body.end() && pictures.size() < limit) {
        at = std::find_if(at, body.end(), isBase64);
        const auto end = std::find_if_not(at, body.end(), isBase64);
        const QByteArrayView run(at, end);
        if (run.size() > kMaxDisplayLine && mediaType(run).startsWith(QLatin1String("image/")))
            pictures.push_back(QByteArray::fromBase64(run.toByteArray()));
        at = end;
    }
    return pictures;
}

PictureStrip::PictureStrip(QWidget* parent)
    : QWidget(parent)
    , m_row(new QHBoxLayout(this)) {
    setObjectName(QStringLiteral("pictureStrip"));
    m_row->setContentsMargins(8, 2, 8, 4);
    m_row->addStretch(1);
    hide();
}

void PictureStrip::clear() {
    for (QLabel* label : m_labels)
        delete label;
    m_labels.clear();
    hide();
}

void PictureStrip::setPictures(const std::vector<QByteArray>& pictures) {
    clear();
    for (const QByteArray& bytes : pictures) {
        const auto [view, size] = smallPicture(bytes);
        if (view.isNull()) continue;
        auto* label = new QLabel(this);
        label->setPixmap(QPixmap::fromImage(view));
        const QString about = tr("Picture, %1 × %2, %3")
                                  .arg(size.width())
                                  .arg(size.height())
                                  .arg(sizeText(bytes.size()));
        label->setToolTip(about);
        label->setAccessibleName(about);
        m_row->insertWidget(static_cast<int>(m_labels.size()), label);
        m_labels.push_back(label);
    }
    setVisible(!m_labels.empty());
}

} // namespace sallyport
