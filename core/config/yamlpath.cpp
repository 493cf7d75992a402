// SPDX-License-Identifier: MIT
#include "core/config/yamlpath.h"

#include "core/config/yamledit.h"

#include <algorithm>

namespace sallyport::yaml {

namespace {

/// Plain words that need no quotes anywhere: letters, digits and what stands in names and paths.
bool isPlain(const QByteArray& text) {
    return !text.isEmpty() && text != "~" && text != "-" && text.toLower() != "null" &&
           QByteArrayView("-?%").indexOf(text.front()) < 0 &&
           std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      QByteArrayView("_-./~+%").contains(c);
           });
}

bool hasSamePairs(const Node& a, const Node& b) {
    return std::all_of(a.pairs.begin(), a.pairs.end(), [&b](const Pair& pair) {
        const Pair* other = pairOf(b, pair.key);
        return other && isSameValue(*pair.value.node, *other->value.node);
    });
}

void setItem(Node& list, const Path& path, const NodePtr& item, bool isLast) {
    const std::size_t index = std::get<std::size_t>(path.front());
    const auto at = list.items.begin() + static_cast<std::ptrdiff_t>(index);
    if (isLast && !item)
        list.items.erase(at);
    else
        *at = {item, {}, false};
}

void setPair(Node& map, const QByteArray& key, const NodePtr& value) {
    const auto at = std::find_if(map.pairs.begin(), map.pairs.end(),
                                 [&key](const Pair& pair) { return pair.key == key; });
    if (!value && at != map.pairs.end())
        map.pairs.erase(at);
    else if (value && at != map.pairs.end())
        at->value = {value, {}, false};
    else if (value)
        map.pairs.push_back({key, {}, {value, {}, false}});
}

const Value* child(const Node& node, const Step& step) {
    if (const auto* key = std::get_if<QByteArray>(&step)) {
        const Pair* pair = pairOf(node, *key);
        return pair ? &pair->value : nullptr;
    }
    const std::size_t index = std::get<std::size_t>(step);
    return index < node.items.size() ? &node.items[index] : nullptr;
}

} // namespace

const Value* valueAt(const Value& root, const Path& path) {
    const Value* value = &root;
    for (const Step& step : path)
        if (value) value = child(*value->node, step);
    return value;
}

bool isSameValue(const Node& a, const Node& b) {
    if (a.kind != b.kind || a.text != b.text) return false;
    return a.pairs.size() == b.pairs.size() && hasSamePairs(a, b) &&
           std::equal(a.items.begin(), a.items.end(), b.items.begin(), b.items.end(),
                      [](const Value& x, const Value& y) { return isSameValue(*x.node, *y.node); });
}

NodePtr withValueAt(const NodePtr& root, const Path& path, const NodePtr& value) {
    if (path.empty()) return value;
    const Path rest(path.begin() + 1, path.end());
    const Value* present = child(*root, path.front());
    const auto* key = std::get_if<QByteArray>(&path.front());
    if (!present && (!rest.empty() || !key || root->kind != Kind::Map)) return nullptr;
    NodePtr changed = rest.empty() ? value : withValueAt(present->node, rest, value);
    if (!rest.empty() && !changed) return nullptr;
    Node out = *root;
    if (key)
        setPair(out, *key, changed);
    else
        setItem(out, path, changed, rest.empty());
    return std::make_shared<const Node>(std::move(out));
}

QByteArray flowText(const Node& node) {
    QByteArrayList parts;
    switch (node.kind) {
    case Kind::Null: return "null";
    case Kind::Scalar:
        return node.isQuoted ? quotedScalar(QString::fromUtf8(node.text))
                             : scalarText(QString::fromUtf8(node.text));
    case Kind::List:
        for (const Value& item : node.items)
            parts.append(flowText(*item.node));
        return '[' + parts.join(", ") + ']';
    case Kind::Map:
        for (const Pair& pair : node.pairs)
            parts.append(scalarText(QString::fromUtf8(pair.key)) + ": " +
                         flowText(*pair.value.node));
        return '{' + parts.join(", ") + '}';
    }
    Q_UNREACHABLE();
}

QByteArray scalarText(const QString& text) {
    const QByteArray bytes = text.toUtf8();
    return isPlain(bytes) ? bytes : quotedScalar(text);
}

} // namespace sallyport::yaml
