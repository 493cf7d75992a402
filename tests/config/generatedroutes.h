// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QByteArrayList>
#include <QList>
#include <QRandomGenerator>

#include <utility>
#include <vector>

namespace sallyport {

/// A `routes.yaml` as people write them, made from a seed: block and flow style, odd indentation,
/// CR LF, a byte order mark, no last line end, comments with a number in each, anchors and aliases,
/// Chinese names.
class GeneratedRoutes {
public:
    explicit GeneratedRoutes(quint32 seed);

    [[nodiscard]] const QByteArray& text() const { return m_text; }
    [[nodiscard]] bool hasAnchors() const { return m_hasAnchors; }
    [[nodiscard]] int upstreams() const { return m_upstreams; }
    [[nodiscard]] int routes() const { return m_routes; }
    [[nodiscard]] static QByteArray upstreamName(int index);
    [[nodiscard]] static QByteArray routeName(int index);

    /// The numbers of the comments in a text, in order.
    [[nodiscard]] static QByteArrayList comments(const QByteArray& yaml);

private:
    using Keys =
        std::vector<std::pair<QByteArray, QByteArray>>; ///< values of several lines in block
    [[nodiscard]] int pick(int count) { return static_cast<int>(m_random.bounded(count)); }
    [[nodiscard]] bool chance(int percent) { return pick(100) < percent; }
    [[nodiscard]] QByteArray comment();
    void addCommentLines(const QByteArray& indentation);
    void addList(const QByteArray& name, const QList<Keys>& entries);
    void addFlowList(const QByteArray& name, const QList<Keys>& entries);
    void addEntry(const Keys& keys, const QByteArray& indentation);
    [[nodiscard]] Keys upstream(int index);
    [[nodiscard]] Keys route(int index);
    [[nodiscard]] QByteArray match(int index);
    [[nodiscard]] std::pair<QByteArray, QByteArray> action();
    static void insert(Keys& keys, int at, const QByteArray& key, const QByteArray& value);
    [[nodiscard]] static QByteArray flowOf(const Keys& keys);

    QRandomGenerator m_random;
    QByteArray m_text;
    int m_comments = 0;
    int m_upstreams = 0;
    int m_routes = 0;
    bool m_hasAnchors = false;
    bool m_mayHaveAnchors = false;
    bool m_isFlow = false;
};

} // namespace sallyport
