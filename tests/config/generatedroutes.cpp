// SPDX-License-Identifier: MIT
#include "tests/config/generatedroutes.h"

#include <QRegularExpression>
#include <QString>

namespace sallyport {

QByteArray GeneratedRoutes::upstreamName(int index) { return "up" + QByteArray::number(index); }

QByteArray GeneratedRoutes::routeName(int index) {
    return QByteArray(index % 3 == 2 ? "路由" : "route-") + QByteArray::number(index);
}

QByteArrayList GeneratedRoutes::comments(const QByteArray& yaml) {
    QByteArrayList found;
    auto all = QRegularExpression(QStringLiteral("# c\\d+")).globalMatch(QString::fromUtf8(yaml));
    while (all.hasNext())
        found.append(all.next().captured().toUtf8());
    return found;
}

GeneratedRoutes::GeneratedRoutes(quint32 seed)
    : m_random(seed) {
    m_mayHaveAnchors = chance(15);
    m_upstreams = 1 + pick(3);
    m_routes = 1 + pick(5);
    QList<Keys> upstreams, routes;
    m_isFlow = chance(15);
    for (int i = 0; i < m_upstreams; ++i)
        upstreams.append(upstream(i));
    for (int i = 0; i < m_routes; ++i)
        routes.append(route(i));
    addCommentLines({});
    addList("upstreams", upstreams);
    if (chance(50)) m_text += '\n';
    addCommentLines({});
    if (chance(30)) m_text += "forward: {enabled: true}" + comment() + '\n';
    addList("routes", routes);
    addCommentLines({});
    if (chance(20)) m_text += "intercept: [api.anthropic.com]\n";
    if (chance(20)) m_text.chop(1);
    if (chance(20)) m_text.replace('\n', "\r\n");
    if (chance(15)) m_text.prepend("\xEF\xBB\xBF");
}

QByteArray GeneratedRoutes::comment() {
    if (!chance(25)) return {};
    return QByteArray(1 + pick(3), ' ') + "# c" + QByteArray::number(++m_comments) +
           (chance(30) ? " 注释: {a" : " it's \"one\"");
}

void GeneratedRoutes::addCommentLines(const QByteArray& indentation) {
    while (chance(25))
        m_text += indentation + "# c" + QByteArray::number(++m_comments) + " - name: x\n";
}

void GeneratedRoutes::insert(Keys& keys, int at, const QByteArray& key, const QByteArray& value) {
    keys.insert(keys.begin() + at, {key, value});
}

QByteArray GeneratedRoutes::flowOf(const Keys& keys) {
    QByteArrayList parts;
    for (const auto& [key, value] : keys)
        parts.append(key + ": " + value);
    return '{' + parts.join(", ") + '}';
}

void GeneratedRoutes::addFlowList(const QByteArray& name, const QList<Keys>& entries) {
    m_text += name + ": [";
    const bool hasLines = chance(60);
    for (qsizetype i = 0; i < entries.size(); ++i) {
        if (hasLines) m_text += comment() + "\n    ";
        m_text += flowOf(entries[i]) + (i + 1 < entries.size() ? "," : "");
        if (!hasLines && i + 1 < entries.size()) m_text += ' ';
    }
    if (hasLines) m_text += comment() + "\n  ";
    m_text += ']' + comment() + '\n';
}

void GeneratedRoutes::addList(const QByteArray& name, const QList<Keys>& entries) {
    if (m_isFlow) {
        addFlowList(name, entries);
        return;
    }
    m_text += name + ':' + comment() + '\n';
    const QByteArray indentation(2 * pick(3), ' ');
    for (const Keys& entry : entries) {
        if (chance(30)) m_text += '\n';
        addCommentLines(indentation);
        addEntry(entry, indentation);
    }
}

void GeneratedRoutes::addEntry(const Keys& keys, const QByteArray& indentation) {
    const bool isFlow = chance(20) && !flowOf(keys).contains('\n');
    if (isFlow) {
        m_text += indentation + "- " + flowOf(keys) + comment() + '\n';
        return;
    }
    const QByteArray gap(1 + pick(3), ' ');
    const QByteArray inside = indentation + ' ' + gap;
    const QByteArray line = '\n' + inside;
    bool isFirst = true;
    for (const auto& [key, value] : keys) {
        m_text += isFirst ? indentation + '-' + gap : inside;
        m_text += key + ':';
        QByteArray text = value;
        if (text.startsWith('\n'))
            text = QByteArray(comment() + text.replace("\n", line));
        else if (text.startsWith('|'))
            text = QByteArray(' ' + text.replace("\n", line));
        else
            text = QByteArray(QByteArray(1 + pick(2), ' ') + text + comment());
        m_text += text + '\n';
        isFirst = false;
        if (chance(15)) m_text += inside + "# c" + QByteArray::number(++m_comments) + '\n';
        if (chance(8)) m_text += '\n';
    }
}

GeneratedRoutes::Keys GeneratedRoutes::upstream(int index) {
    const QByteArray url = "https://h" + QByteArray::number(index) + ".example/llm";
    const bool isBlock = !m_isFlow && chance(50);
    const QByteArray block = "\n  - url: " + url + "\n    weight: 2\n  - {url: 'http://b" +
                             QByteArray::number(index) + ".example'}";
    const QByteArray flow = "[{url: \"" + url + "\"}]";
    Keys keys;
    keys.emplace_back("targets", isBlock ? block : flow);
    insert(keys, chance(80) ? 0 : 1, "name", upstreamName(index));
    if (chance(50)) keys.emplace_back("credential", chance(50) ? "env:KEY" : "\"file:/k/key\"");
    if (chance(40)) keys.emplace_back("timeouts", "{connect: 5s, idle: 60s}");
    if (chance(20))
        keys.emplace_back("tls",
                          isBlock ? "\n  ca_file: /ca.pem\n  verify: true" : "{verify: true}");
    return keys;
}

QByteArray GeneratedRoutes::match(int index) {
    const QByteArray path = "/p" + QByteArray::number(index);
    if (!m_isFlow && chance(40))
        return "\n  path: " + path + (chance(50) ? "\n  methods:\n    - GET\n    - POST" : "");
    return "{path: " + path + (chance(40) ? ", methods: [GET, POST]" : "") + '}';
}

std::pair<QByteArray, QByteArray> GeneratedRoutes::action() {
    switch (pick(m_isFlow ? 3 : 4)) {
    case 0: return {"block", "true"};
    case 1: return {"respond", "{status: 200, body: \"# no comment\"}"};
    case 2: return {"upstream", upstreamName(pick(m_upstreams))};
    default: return {"respond", "\n  status: 404\n  body: |\n    a # b\n    - name: c"};
    }
}

GeneratedRoutes::Keys GeneratedRoutes::route(int index) {
    Keys keys;
    keys.push_back(action());
    if (m_mayHaveAnchors && m_hasAnchors && chance(60)) {
        keys.emplace_back("match", "*shared");
    } else if (m_mayHaveAnchors && !m_hasAnchors && chance(60)) {
        m_hasAnchors = true;
        keys.emplace_back("match", "&shared {path: /shared}");
    } else {
        keys.emplace_back("match", match(index));
    }
    insert(keys, chance(80) ? 0 : pick(2), "name", routeName(index));
    if (chance(40)) insert(keys, 1 + pick(2), "enabled", "true");
    if (chance(30)) keys.emplace_back("rewrite", "{prefix: /new}");
    if (chance(30))
        keys.emplace_back("request_headers", "{set: {X-Team: tools}, remove: [X-Debug]}");
    if (chance(20)) keys.emplace_back("keepalive_comment", "30s");
    return keys;
}

} // namespace sallyport
