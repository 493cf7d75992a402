// SPDX-License-Identifier: MIT
#include "core/config/yamlchange.h"

#include "core/config/yamlkeyremoval.h"
#include "core/config/yamllist.h"

#include <QCoreApplication>

#include <algorithm>
#include <numeric>

namespace sallyport::yaml {

namespace {

/// Keys of an entry and above are not written out anew: that would be more than a minimal edit.
constexpr std::size_t kEntryDepth = 2;

bool hasAlias(const Value& value) {
    const Node& node = *value.node;
    return value.isAlias || std::any_of(node.items.begin(), node.items.end(), hasAlias) ||
           std::any_of(node.pairs.begin(), node.pairs.end(),
                       [](const Pair& pair) { return hasAlias(pair.value); });
}

Failure<Problem> impossible(const Value& root, const Place& place) {
    const QString byHand =
        QCoreApplication::translate("Config", "this cannot be changed here without changing "
                                              "something else; edit the file by hand");
    const QString shared = QCoreApplication::translate(
        "Config", "this cannot be changed here without changing something else, since the file "
                  "has anchors and aliases; edit it by hand");
    return Failure{Problem{place, hasAlias(root) ? shared : byHand}};
}

/// A text with its tree, and what is to become of it.
struct Change {
    const QByteArray& yaml;
    const Value& root;
    NodePtr wanted; ///< null: the path leads nowhere
    Place place;    ///< of what is changed
};

Result<QByteArray, Problem> firstThatFits(const Change& change, const std::vector<Splice>& ways) {
    for (const Splice& way : ways) {
        if (!change.wanted || way.at < 0 || way.length < 0) continue;
        QByteArray edited = way.appliedTo(change.yaml);
        const auto tree = parse(edited);
        if (tree && isSameValue(*tree->node, *change.wanted)) return edited;
    }
    return impossible(change.root, change.place);
}

/// The entry of a top-level list that the path leads into, else the whole file.
Place placeOf(const Value& root, const Path& path) {
    const Value* entry =
        valueAt(root, Path(path.begin(),
                           path.begin() + std::min<std::ptrdiff_t>(kEntryDepth, std::ssize(path))));
    return entry && entry != &root ? entry->place : Place{};
}

Path parentOf(const Path& path) { return Path(path.begin(), path.end() - 1); }

/// The key with a list at the path; null where there is none.
const Pair* listPair(const Value& root, const Path& path) {
    const Value* map = path.empty() ? nullptr : valueAt(root, parentOf(path));
    const auto* key = path.empty() ? nullptr : std::get_if<QByteArray>(&path.back());
    const Pair* pair = map && key ? pairOf(*map->node, *key) : nullptr;
    return pair && pair->value.node->kind == Kind::List ? pair : nullptr;
}

NodePtr withItems(const Value& root, const Path& path, std::vector<Value> items) {
    Node list;
    list.kind = Kind::List;
    list.items = std::move(items);
    return withValueAt(root.node, path, std::make_shared<const Node>(std::move(list)));
}

/// One that the list of an entry is read from, as the appended text will have it.
Result<Value, Problem> entryValue(const ListEntry& entry) {
    auto list = parse('[' + entry.flow + ']');
    if (!list || list->node->items.empty()) return list;
    return list->node->items.front();
}

} // namespace

Result<QByteArray, Problem> withValue(const QByteArray& yaml, const Path& path,
                                      const KeyEdit& edit) {
    const auto root = parse(yaml);
    if (!root) return Failure{root.error()};
    const auto value = parse(edit.value);
    if (!value) return Failure{Problem{placeOf(*root, path), value.error().message}};
    const Value* map = valueAt(*root, path);
    const bool isMap = map && map->node->kind == Kind::Map;
    if (!isMap && path.size() > kEntryDepth && std::holds_alternative<QByteArray>(path.back()) &&
        (!map || map->node->kind == Kind::Null))
        return withValue(yaml, parentOf(path),
                         {std::get<QByteArray>(path.back()),
                          '{' + edit.key + ": " + edit.value + '}', edit.after});
    if (!isMap) return impossible(*root, placeOf(*root, path));
    const Pair* present = pairOf(*map->node, edit.key);
    if (present && isSameValue(*present->value.node, *value->node)) return yaml;
    Path full = path;
    full.emplace_back(edit.key);
    const Change change{yaml, *root, withValueAt(root->node, full, value->node),
                        placeOf(*root, path)};
    auto edited = firstThatFits(change, waysToSet(yaml, *map, edit));
    if (edited || !map->isAlias || path.size() <= kEntryDepth) return edited;
    // What is shared by an alias is written out here, with the change.
    const NodePtr own = withValueAt(map->node, {edit.key}, value->node);
    return withValue(yaml, parentOf(path), {std::get<QByteArray>(path.back()), flowText(*own), {}});
}

Result<QByteArray, Problem> withoutKey(const QByteArray& yaml, const Path& path,
                                       const QByteArray& key) {
    const auto root = parse(yaml);
    if (!root) return Failure{root.error()};
    const Value* map = valueAt(*root, path);
    if (!map || !pairOf(*map->node, key)) return yaml;
    const auto* own = path.size() > kEntryDepth ? std::get_if<QByteArray>(&path.back()) : nullptr;
    if (map->node->pairs.size() == 1 && own) return withoutKey(yaml, parentOf(path), *own);
    Path full = path;
    full.emplace_back(key);
    const Change change{yaml, *root, withValueAt(root->node, full, nullptr), placeOf(*root, path)};
    auto edited = firstThatFits(change, waysToRemoveKey(yaml, *map, key));
    if (edited || !map->isAlias || !own) return edited;
    const NodePtr rest = withValueAt(map->node, {key}, nullptr);
    return withValue(yaml, parentOf(path), {*own, flowText(*rest), {}});
}

Result<QByteArray, Problem> withEntry(const QByteArray& yaml, const ListEntry& entry) {
    const auto root = parse(yaml);
    if (!root) return Failure{root.error()};
    auto added = entryValue(entry);
    if (!added) return Failure{added.error()};
    const Pair* list = pairOf(*root->node, entry.list);
    std::vector<Value> items = list ? list->value.node->items : std::vector<Value>();
    items.push_back(std::move(added).value());
    Value base = *root;
    if (base.node->kind == Kind::Null) {
        Node map;
        map.kind = Kind::Map;
        base.node = std::make_shared<const Node>(std::move(map));
    }
    const Change change{yaml, *root, withItems(base, {entry.list}, std::move(items)),
                        list ? list->keyPlace : Place{}};
    return firstThatFits(change, waysToAppend(yaml, *root, entry));
}

Result<QByteArray, Problem> withoutItem(const QByteArray& yaml, const Path& list,
                                        std::size_t index) {
    const auto root = parse(yaml);
    if (!root) return Failure{root.error()};
    const Pair* pair = listPair(*root, list);
    if (!pair || index >= pair->value.node->items.size()) return yaml;
    std::vector<Value> items = pair->value.node->items;
    const Place place = items[index].place;
    items.erase(items.begin() + static_cast<std::ptrdiff_t>(index));
    const Change change{yaml, *root, withItems(*root, list, std::move(items)), place};
    return firstThatFits(change, ListLayout(yaml, *pair).waysToRemove(index));
}

Result<QByteArray, Problem> withItemMoved(const QByteArray& yaml, const Path& list,
                                          std::size_t from, std::size_t to) {
    const auto root = parse(yaml);
    if (!root) return Failure{root.error()};
    const Pair* pair = listPair(*root, list);
    const std::size_t count = pair ? pair->value.node->items.size() : 0;
    if (from >= count || to >= count || from == to) return yaml;
    std::vector<std::size_t> order(count);
    std::iota(order.begin(), order.end(), std::size_t{0});
    order.erase(order.begin() + static_cast<std::ptrdiff_t>(from));
    order.insert(order.begin() + static_cast<std::ptrdiff_t>(to), from);
    std::vector<Value> items;
    for (const std::size_t position : order)
        items.push_back(pair->value.node->items[position]);
    const Change change{yaml, *root, withItems(*root, list, std::move(items)),
                        pair->value.node->items[from].place};
    return firstThatFits(change, ListLayout(yaml, *pair).waysToReorder(order));
}

} // namespace sallyport::yaml
