// SPDX-License-Identifier: MIT
#include "tests/layering/picture.h"

#include <QMap>
#include <QRegularExpression>
#include <QSet>

#include <algorithm>

namespace sallyport::layering {

namespace {

constexpr int kWidth = 960;
constexpr int kBoxWidth = 122;
constexpr int kBoxHeight = 34;
constexpr int kFloorHeight = 84;
constexpr int kLeft = 40; ///< for the number of the floor
constexpr int kTop = 16;

using Edges = QMap<QString, QSet<QString>>;

Edges edgesOf(const Tree& tree) {
    static const QRegularExpression include(
        QStringLiteral(R"(^\s*#\s*include\s+["<]((?:core|ui|app)/[^">]+)[">])"),
        QRegularExpression::MultilineOption);
    Edges edges;
    for (const auto& [path, code] : tree.asKeyValueRange()) {
        const Room* from = roomOf(path);
        if (!from) continue;
        auto matches = include.globalMatch(QString::fromUtf8(code));
        while (matches.hasNext()) {
            const Room* to = roomOf(matches.next().captured(1));
            if (to && to != from)
                edges[QString::fromLatin1(from->folder)] += QString::fromLatin1(to->folder);
        }
    }
    return edges;
}

/// Whether `to` is reached from `from` in two steps or more.
bool isReachedAround(const Edges& edges, const QString& from, const QString& to) {
    QSet<QString> seen;
    QStringList next;
    for (const QString& step : edges.value(from))
        if (step != to) next += step;
    while (!next.isEmpty()) {
        const QString room = next.takeLast();
        if (room == to) return true;
        if (seen.contains(room)) continue;
        seen += room;
        for (const QString& step : edges.value(room))
            next += step;
    }
    return false;
}

QString nameOf(const Room& room) {
    const QString folder = QString::fromLatin1(room.folder);
    return folder.startsWith(QLatin1String("core/")) ? folder.mid(5) : folder;
}

bool hasSource(const Tree& tree, const Room& room) {
    const QString start = QString::fromLatin1(room.folder) + u'/';
    return std::any_of(tree.keyBegin(), tree.keyEnd(),
                       [&start](const QString& path) { return path.startsWith(start); });
}

struct Box {
    QString folder;
    QString name;
    int x = 0;
    int y = 0;
    bool isThere = false;
};

std::vector<Box> boxesOf(const std::vector<Room>& table, const Tree& tree) {
    QMap<int, std::vector<const Room*>> floors;
    for (const Room& room : table)
        floors[-room.floor].push_back(&room);
    std::vector<Box> boxes;
    int y = kTop;
    for (const auto& rooms : floors) {
        const int count = static_cast<int>(rooms.size());
        const int step = (kWidth - kLeft) / count;
        for (int i = 0; i < count; ++i) {
            const Room& room = *rooms[static_cast<std::size_t>(i)];
            boxes.push_back({QString::fromLatin1(room.folder), nameOf(room),
                             kLeft + step * i + (step - kBoxWidth) / 2, y, hasSource(tree, room)});
        }
        y += kFloorHeight;
    }
    return boxes;
}

QString boxSvg(const Box& box) {
    const QString dash = box.isThere ? QString() : QStringLiteral(" stroke-dasharray=\"4 3\"");
    return QStringLiteral("<rect x=\"%1\" y=\"%2\" width=\"%3\" height=\"%4\" rx=\"5\" "
                          "fill=\"#eef2f8\" stroke=\"#4a5a75\"%5/>\n"
                          "<text x=\"%6\" y=\"%7\" text-anchor=\"middle\">%8</text>\n")
        .arg(box.x)
        .arg(box.y)
        .arg(kBoxWidth)
        .arg(kBoxHeight)
        .arg(dash)
        .arg(box.x + kBoxWidth / 2)
        .arg(box.y + kBoxHeight / 2 + 5)
        .arg(box.name);
}

QString arrowSvg(const Box& from, const Box& to) {
    const int x1 = from.x + kBoxWidth / 2;
    const int y1 = from.y + kBoxHeight;
    const int x2 = to.x + kBoxWidth / 2;
    const int y2 = to.y - 3;
    const int bend = std::min(60, (y2 - y1) / 2);
    return QStringLiteral("<path d=\"M%1 %2 C%1 %3 %4 %5 %4 %6\"/>\n")
        .arg(x1)
        .arg(y1)
        .arg(y1 + bend)
        .arg(x2)
        .arg(y2 - bend)
        .arg(y2);
}

} // namespace

std::vector<Arrow> essentialArrows(const std::vector<Room>& table, const Tree& tree) {
    const Edges edges = edgesOf(tree);
    std::vector<Arrow> arrows;
    for (const Room& room : table) {
        const QString from = QString::fromLatin1(room.folder);
        for (const Room& other : table) {
            const QString to = QString::fromLatin1(other.folder);
            if (edges.value(from).contains(to) && !isReachedAround(edges, from, to))
                arrows.push_back({from, to});
        }
    }
    return arrows;
}

QByteArray roomsPicture(const std::vector<Room>& table, const Tree& tree) {
    const std::vector<Box> boxes = boxesOf(table, tree);
    const auto boxOf = [&boxes](const QString& folder) {
        return *std::find_if(boxes.begin(), boxes.end(),
                             [&folder](const Box& box) { return box.folder == folder; });
    };
    const int height = boxes.empty() ? 2 * kTop : boxes.back().y + kBoxHeight + kTop;
    QString svg = QStringLiteral("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%1\" "
                                 "height=\"%2\" viewBox=\"0 0 %1 %2\" font-family=\"sans-serif\" "
                                 "font-size=\"13\">\n")
                      .arg(kWidth)
                      .arg(height);
    svg += QStringLiteral("<title>Rooms and floors; made by tst_picture from the includes</title>\n"
                          "<defs><marker id=\"a\" viewBox=\"0 0 8 8\" refX=\"6\" refY=\"4\" "
                          "markerWidth=\"7\" markerHeight=\"7\" orient=\"auto\">"
                          "<path d=\"M0 0 8 4 0 8z\" fill=\"#8a97ad\" stroke=\"none\"/>"
                          "</marker></defs>\n"
                          "<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n"
                          "<g fill=\"none\" stroke=\"#8a97ad\" marker-end=\"url(#a)\">\n");
    for (const Arrow& arrow : essentialArrows(table, tree))
        svg += arrowSvg(boxOf(arrow.from), boxOf(arrow.to));
    svg += QStringLiteral("</g>\n<g fill=\"#1d2635\">\n");
    for (const Box& box : boxes)
        svg += boxSvg(box);
    QMap<int, int> floors; // y by floor
    for (const Room& room : table)
        floors[room.floor] = boxOf(QString::fromLatin1(room.folder)).y;
    for (const auto& [floor, y] : floors.asKeyValueRange())
        svg += QStringLiteral("<text x=\"14\" y=\"%1\">%2</text>\n")
                   .arg(y + kBoxHeight / 2 + 5)
                   .arg(floor);
    return (svg + QStringLiteral("</g>\n</svg>\n")).toUtf8();
}

} // namespace sallyport::layering
