// SPDX-License-Identifier: MIT
#include "tests/ui/paintedtexts.h"

#include "ui/tones.h"

#include <QHash>
#include <QPaintDevice>
#include <QPaintEngine>
#include <QPainter>
#include <QTextItem>
#include <QWidget>

#include <algorithm>

namespace sallyport {

namespace {

/// Writes down the texts, and paints nothing.
class TextEngine : public QPaintEngine {
public:
    explicit TextEngine(QVector<PaintedText>& texts)
        : QPaintEngine(AllFeatures)
        , m_texts(texts) {}

    bool begin(QPaintDevice*) override { return true; }
    bool end() override { return true; }
    void updateState(const QPaintEngineState& changed) override {
        if (changed.state() & DirtyPen) m_pen = changed.pen();
        if (changed.state() & DirtyTransform) m_transform = changed.transform();
    }
    void drawPixmap(const QRectF&, const QPixmap&, const QRectF&) override {}
    void drawPath(const QPainterPath&) override {}
    void drawPolygon(const QPointF*, int, PolygonDrawMode) override {}
    void drawTextItem(const QPointF& at, const QTextItem& item) override {
        const QRectF own(at.x(), at.y() - item.ascent(), item.width(),
                         item.ascent() + item.descent());
        QRectF place = m_transform.mapRect(own);
        if (painter()->hasClipping()) place &= m_transform.mapRect(painter()->clipBoundingRect());
        if (!systemClip().isEmpty()) place &= QRectF(systemClip().boundingRect());
        if (!place.isEmpty() && !item.text().trimmed().isEmpty())
            m_texts.append({item.text(), place, m_pen.color()});
    }
    [[nodiscard]] Type type() const override { return User; }

private:
    QVector<PaintedText>& m_texts;
    QPen m_pen;
    QTransform m_transform;
};

class TextDevice : public QPaintDevice {
public:
    TextDevice(const QWidget& window, QVector<PaintedText>& texts)
        : m_window(window)
        , m_engine(texts) {}
    [[nodiscard]] QPaintEngine* paintEngine() const override { return &m_engine; }

protected:
    [[nodiscard]] int metric(PaintDeviceMetric which) const override {
        constexpr int kDotsPerInch = 96;
        switch (which) {
        case PdmWidth: return m_window.width();
        case PdmHeight: return m_window.height();
        case PdmDpiX:
        case PdmDpiY:
        case PdmPhysicalDpiX:
        case PdmPhysicalDpiY: return kDotsPerInch;
        case PdmNumColors: return 1 << 24;
        case PdmDepth: return 32;
        case PdmDevicePixelRatio: return 1;
        case PdmDevicePixelRatioScaled: return static_cast<int>(devicePixelRatioFScale());
        case PdmWidthMM:
        case PdmHeightMM: return 0;
        }
        return 0;
    }

private:
    const QWidget& m_window;
    mutable TextEngine m_engine;
};

/// What a colour that may be translucent looks like.
QColor painted(const QColor& over, const QColor& ground) {
    const double share = over.alphaF();
    const auto mixed = [share](double a, double b) {
        return static_cast<float>(a * share + b * (1 - share));
    };
    return QColor::fromRgbF(mixed(over.redF(), ground.redF()),
                            mixed(over.greenF(), ground.greenF()),
                            mixed(over.blueF(), ground.blueF()));
}

/// The colour that most of an area has: letters cover less of it than what they stand on. Alike are
/// those of an eighth of each channel, since buttons are painted as gradients; it is their mean.
QColor groundOf(const QImage& picture, const QRect& area) {
    struct Sum {
        int pixels = 0;
        int red = 0, green = 0, blue = 0;
    };
    constexpr int kBits = 5;
    QHash<QRgb, Sum> sums;
    const QRect seen = area & picture.rect();
    for (int y = seen.top(); y <= seen.bottom(); ++y)
        for (int x = seen.left(); x <= seen.right(); ++x) {
            const QRgb at = picture.pixel(x, y);
            Sum& sum = sums[qRgb(qRed(at) >> kBits, qGreen(at) >> kBits, qBlue(at) >> kBits)];
            ++sum.pixels;
            sum.red += qRed(at);
            sum.green += qGreen(at);
            sum.blue += qBlue(at);
        }
    const auto most = std::max_element(
        sums.cbegin(), sums.cend(), [](const Sum& a, const Sum& b) { return a.pixels < b.pixels; });
    if (most == sums.cend()) return {};
    return {most->red / most->pixels, most->green / most->pixels, most->blue / most->pixels};
}

} // namespace

QVector<PaintedText> paintedTexts(QWidget& window) {
    QVector<PaintedText> texts;
    TextDevice device(window, texts);
    window.render(&device);
    return texts;
}

QStringList faintTexts(const QWidget& window, const QVector<PaintedText>& texts,
                       const QImage& picture) {
    constexpr double kLeast = 4.5;
    QStringList faults;
    for (const PaintedText& each : texts) {
        const QWidget* widget = window.childAt(each.place.center().toPoint());
        if (widget && !widget->isEnabled()) continue;
        const QTransform scale =
            QTransform::fromScale(picture.devicePixelRatio(), picture.devicePixelRatio());
        const QColor ground = groundOf(picture, scale.mapRect(each.place).toAlignedRect());
        if (!ground.isValid()) continue;
        const double has = contrast(painted(each.colour, ground), ground);
        if (has >= kLeast) continue;
        faults += QStringLiteral("%1 on %2 is %3:1 in %4 %5: %6")
                      .arg(each.colour.name(QColor::HexArgb), ground.name())
                      .arg(has, 0, 'f', 2)
                      .arg(QLatin1String(widget ? widget->metaObject()->className() : "the window"),
                           widget ? widget->objectName() : QString(), each.text);
    }
    return faults;
}

} // namespace sallyport
