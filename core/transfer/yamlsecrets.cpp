// SPDX-License-Identifier: MIT
#include "core/transfer/yamlsecrets.h"

#include "core/config/yamlchange.h"
#include "core/config/yamlpath.h"
#include "core/secrets/redact.h"
#include "core/secrets/secretnames.h"
#include "core/secrets/secretshapes.h"

#include <QRegularExpression>
#include <QUrl>

#include <algorithm>
#include <optional>
#include <vector>

namespace sallyport {

namespace {

/// A value that is a secret, and what may stand in its place, the most telling first.
struct Finding {
    yaml::Path path;
    QByteArrayList instead;
};

bool isPlace(const QByteArray& value) {
    for (const char* prefix : {"env:", "file:", "keychain:"})
        if (value.startsWith(prefix)) return true;
    return value.isEmpty() || value == "none" || value == "auto";
}

bool hasRandomWord(const QByteArray& text) {
    static const QRegularExpression separators(QStringLiteral("[^A-Za-z0-9_\\-]+"));
    const auto words = QString::fromUtf8(text).split(separators, Qt::SkipEmptyParts);
    return std::any_of(words.begin(), words.end(),
                       [](const QString& word) { return looksRandom(word.toUtf8()); });
}

bool hasSecret(const QByteArray& text) {
    return redactedTarget(text) != text || redactedContent(text) != text;
}

QByteArray quoted(const QByteArray& text) { return yaml::quotedScalar(QString::fromUtf8(text)); }

/// The same URL without what is secret in it, and addresses that lead nowhere.
QByteArrayList urlsInstead(const QByteArray& value) {
    QUrl url(QString::fromUtf8(value));
    QByteArrayList instead;
    if (url.isValid() && !url.host().isEmpty()) {
        if (!url.password().isEmpty()) url.setPassword(QStringLiteral("REPLACE-ME"));
        if (hasRandomWord(url.userName().toUtf8())) url.setUserName(QStringLiteral("REPLACE-ME"));
        const QUrl plain = url.adjusted(QUrl::RemoveUserInfo);
        if (!hasSecret(plain.toEncoded())) instead << url.toEncoded();
        QUrl nowhere = plain.adjusted(QUrl::RemoveQuery | QUrl::RemoveFragment);
        nowhere.setPath(QStringLiteral("/replace-me"));
        instead << nowhere.toEncoded();
    }
    instead << "https://replace-me.invalid";
    return instead;
}

/// `-u USER:PASSWORD`, `-uUSER:PASSWORD`, `--user=USER:PASSWORD` of curl and its like.
bool hasLogin(const QByteArray& argument, const QByteArray& before) {
    static const QRegularExpression option(QStringLiteral("^(-u|-U|--(proxy-)?user)$"));
    static const QRegularExpression login(
        QStringLiteral("^((-u|-U)[^-:\\s][^:\\s]*|--(proxy-)?user=[^:\\s]+):."));
    const QString text = QString::fromUtf8(argument);
    const qsizetype colon = text.indexOf(u':');
    const bool follows = option.match(QString::fromUtf8(before)).hasMatch();
    return (follows && colon >= 0 && colon + 1 < text.size()) || login.match(text).hasMatch();
}

class Search {
public:
    std::vector<Finding> findings;

    void lookAt(const yaml::Value& value) {
        const yaml::Node& node = *value.node;
        switch (node.kind) {
        case yaml::Kind::Null: return;
        case yaml::Kind::Scalar: lookAtScalar(node.text); return;
        case yaml::Kind::List: lookAtItems(node); return;
        case yaml::Kind::Map:
            for (const yaml::Pair& pair : node.pairs) {
                m_path.emplace_back(pair.key);
                lookAt(pair.value);
                m_path.pop_back();
            }
            return;
        }
    }

private:
    [[nodiscard]] QByteArray keyAt(std::size_t fromEnd) const {
        if (m_path.size() <= fromEnd) return {};
        const auto* key = std::get_if<QByteArray>(&m_path[m_path.size() - 1 - fromEnd]);
        return key ? *key : QByteArray();
    }
    [[nodiscard]] bool isField() const {
        const QByteArray map = keyAt(1);
        return map == "set" || map == "headers";
    }
    void lookAtScalar(const QByteArray& text) {
        const QByteArray key = keyAt(0);
        if (isField() && !text.isEmpty() && (isSecretField(key) || hasRandomWord(text))) {
            findings.push_back({m_path, {"REPLACE-ME: the value of " + key}});
            return;
        }
        if (isPlace(text) || !hasSecret(text)) return;
        QByteArrayList instead{"REPLACE-ME"};
        if (text.contains("://")) instead = urlsInstead(text) + instead;
        // A user without a password is no secret.
        if (instead.front() == text) return;
        findings.push_back({m_path, instead});
    }
    void lookAtItems(const yaml::Node& node) {
        for (std::size_t i = 0; i < node.items.size(); ++i) {
            m_path.emplace_back(i);
            const yaml::Node& item = *node.items[i].node;
            if (keyAt(1) == "run" && item.kind == yaml::Kind::Scalar)
                lookAtArgument(item.text, i == 0 ? QByteArray() : node.items[i - 1].node->text);
            else
                lookAt(node.items[i]);
            m_path.pop_back();
        }
    }
    /// `--token X`, `--token=X`, or what has the looks of a key.
    void lookAtArgument(const QByteArray& text, const QByteArray& before) {
        const auto isOption = [](const QByteArray& word) {
            return word.startsWith('-') && isSecretParameter(word);
        };
        const qsizetype equals = text.indexOf('=');
        const bool isNamed = equals > 0 && isSecretParameter(text.left(equals));
        const bool isValue = isOption(before) && !before.contains('=') && !text.startsWith('-');
        const bool isLogin = hasLogin(text, before);
        if (!isNamed && !isValue && !isLogin && !hasRandomWord(text) && !hasSecret(text)) return;
        QByteArray instead = "REPLACE-ME";
        if (isNamed) instead.prepend(text.left(equals + 1));
        findings.push_back({m_path, {instead}});
    }

    yaml::Path m_path;
};

QString shownPath(const yaml::Path& path) {
    QString text;
    for (const yaml::Step& step : path) {
        if (const auto* key = std::get_if<QByteArray>(&step))
            text += (text.isEmpty() ? QString() : QStringLiteral(".")) + QString::fromUtf8(*key);
        else
            text += u'[' + QString::number(std::get<std::size_t>(step)) + u']';
    }
    return text;
}

/// The text with another value at the path. An item of a list is written with its whole list.
std::optional<QByteArray> withReplaced(const QByteArray& yaml, yaml::Path path,
                                       const QByteArray& value) {
    const auto root = yaml::parse(yaml);
    if (!root) return {};
    QByteArray written = quoted(value);
    while (!path.empty() && std::holds_alternative<std::size_t>(path.back())) {
        const auto tree = yaml::parse("v: " + written);
        const auto changed =
            yaml::withValueAt(root->node, path, tree->node->pairs.front().value.node);
        path.pop_back();
        const yaml::Value changedRoot{changed, {}, false};
        const yaml::Value* list = changed ? yaml::valueAt(changedRoot, path) : nullptr;
        if (!list) return {};
        written = yaml::flowText(*list->node);
    }
    if (path.empty()) return {};
    const QByteArray key = std::get<QByteArray>(path.back());
    path.pop_back();
    auto edited = yaml::withValue(yaml, path, {key, written});
    if (!edited) return {};
    return std::move(edited).value();
}

bool isSecretComment(const QByteArray& comment) {
    static const QRegularExpression assignment(
        QStringLiteral("([\\w\\-]+)[\"']?\\s*[:=]\\s*[\"']?([^\\s\"',}]+)"));
    if (hasSecret(comment) || hasRandomWord(comment)) return true;
    auto found = assignment.globalMatch(QString::fromUtf8(comment));
    while (found.hasNext()) {
        const auto match = found.next();
        const QByteArray value = match.captured(2).toUtf8();
        const bool isWord = value == "bearer" || value == "x-api-key" || value == "keychain" ||
                            value == "env" || value == "file" || value == "open";
        if (!isWord && !isPlace(value) && isSecretParameter(match.captured(1).toUtf8()))
            return true;
    }
    return false;
}

/// A `#` after whitespace begins a comment; in a quoted text it does not, but no secret is left
/// there by now.
QByteArray withoutSecretComments(const QByteArray& yaml) {
    QByteArray text;
    for (const QByteArray& line : yaml.split('\n')) {
        qsizetype at = line.indexOf('#');
        while (at > 0 && line[at - 1] != ' ' && line[at - 1] != '\t')
            at = line.indexOf('#', at + 1);
        const bool isLeftOut = at >= 0 && isSecretComment(line.mid(at + 1));
        text += isLeftOut ? line.left(at) + "# a comment with a key in it was left out" : line;
        text += '\n';
    }
    text.chop(1);
    return text;
}

} // namespace

CleanYaml withoutYamlSecrets(const QByteArray& yaml,
                             const std::function<bool(const QByteArray&)>& loads) {
    CleanYaml clean{yaml, {}};
    const auto root = yaml::parse(yaml);
    if (!root) return {};
    Search search;
    search.lookAt(*root);
    for (const Finding& finding : search.findings) {
        std::optional<QByteArray> taken;
        for (const QByteArray& instead : finding.instead) {
            if (taken) break;
            auto edited = withReplaced(clean.text, finding.path, instead);
            if (edited && loads(*edited)) taken = std::move(edited);
        }
        // Nothing is exported rather than a secret.
        if (!taken) return {};
        clean.text = *taken;
        clean.replaced << shownPath(finding.path);
    }
    clean.text = withoutSecretComments(clean.text);
    return clean;
}

} // namespace sallyport
