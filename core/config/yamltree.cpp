// SPDX-License-Identifier: MIT
#include "core/config/yamltree.h"

#include "core/config/quoting.h"
#include "core/config/yamlposition.h"
#include "core/config/yamlscan.h"

#include <QCoreApplication>

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <map>
#include <optional>
#include <set>
#include <sstream>

namespace sallyport::yaml {

namespace {

/// Thrown through the parser's events, caught in parse(): it has no other way to be stopped.
struct Stop {
    Problem problem;
};

/// Builds the tree from the parser's events.
class TreeBuilder final : public YAML::EventHandler {
public:
    explicit TreeBuilder(const FileText& text)
        : m_text(text) {}
    [[nodiscard]] const Value& root() const { return m_root; }

    void OnDocumentStart(const YAML::Mark&) override {}
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
        addLeaf(mark, anchor, Node{});
    }
    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  const std::string& value) override {
        if (tag != "?") checkIsClosed(mark.pos);
        Node node;
        node.kind = Kind::Scalar;
        node.isQuoted = tag != "?";
        node.text = QByteArray::fromStdString(value);
        addLeaf(mark, anchor, std::move(node));
    }
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override;
    void OnSequenceStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value style) override {
        open(mark, anchor, Kind::List, style);
    }
    void OnMapStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value style) override {
        open(mark, anchor, Kind::Map, style);
    }
    void OnSequenceEnd() override { close(); }
    void OnMapEnd() override { close(); }

private:
    struct Frame {
        Node node;
        Place place;
        YAML::anchor_t anchor = YAML::NullAnchor;
        std::set<QByteArray> keys;
        std::optional<Pair> pending; ///< a key that waits for its value
    };

    [[noreturn]] static void stop(const Place& place, const QString& message) {
        throw Stop{{place, message}};
    }
    void checkIsClosed(qsizetype parserOffset) const;
    void addLeaf(const YAML::Mark& mark, YAML::anchor_t anchor, Node node);
    void open(const YAML::Mark& mark, YAML::anchor_t anchor, Kind kind,
              YAML::EmitterStyle::value style);
    void close();
    void add(Value value);
    void addToMap(Frame& frame, Value value);
    void count(const Place& place);

    const FileText& m_text;
    std::vector<Frame> m_open;
    std::map<YAML::anchor_t, std::shared_ptr<const Node>> m_anchors;
    std::size_t m_count = 0;
    Value m_root{std::make_shared<Node>(), {}, false};
};

void TreeBuilder::count(const Place& place) {
    if (++m_count > kMaxValues)
        stop(place, QCoreApplication::translate("Config", "the file has more than %1 values; "
                                                          "nothing that Sallyport reads needs that")
                        .arg(kMaxValues));
}

/// The parser lets the end of the file close a quoted text, and with it all that was swallowed.
void TreeBuilder::checkIsClosed(qsizetype parserOffset) const {
    const QByteArrayView bytes = m_text.withoutMark();
    const qsizetype at = scalarStart(bytes, parserOffset);
    const bool isInQuotes = at < bytes.size() && (bytes[at] == '"' || bytes[at] == '\'');
    if (isInQuotes && quotedEnd(bytes, at) < 0)
        stop(m_text.placeOf(at),
             QCoreApplication::translate("Config", "the quote that opens here is not closed"));
}

void TreeBuilder::addLeaf(const YAML::Mark& mark, YAML::anchor_t anchor, Node node) {
    const Place place = m_text.placeOf(mark.pos);
    count(place);
    auto shared = std::make_shared<const Node>(std::move(node));
    if (anchor != YAML::NullAnchor) m_anchors[anchor] = shared;
    add({std::move(shared), place, false});
}

void TreeBuilder::OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) {
    const Place place = m_text.placeOf(mark.pos);
    count(place);
    const auto found = m_anchors.find(anchor);
    if (found == m_anchors.end())
        stop(place,
             QCoreApplication::translate(
                 "Config", "this alias stands inside what it refers to; write the value out"));
    add({found->second, place, true});
}

void TreeBuilder::open(const YAML::Mark& mark, YAML::anchor_t anchor, Kind kind,
                       YAML::EmitterStyle::value style) {
    const Place place = m_text.placeOf(mark.pos);
    count(place);
    if (m_open.size() >= kMaxDepth)
        stop(place, QCoreApplication::translate("Config", "lists and maps are nested more than %1 "
                                                          "deep; nothing that Sallyport reads is")
                        .arg(kMaxDepth));
    Frame frame;
    frame.node.kind = kind;
    frame.node.isFlow = style == YAML::EmitterStyle::Flow;
    frame.place = place;
    frame.anchor = anchor;
    m_open.push_back(std::move(frame));
}

void TreeBuilder::close() {
    Frame frame = std::move(m_open.back());
    m_open.pop_back();
    auto shared = std::make_shared<const Node>(std::move(frame.node));
    if (frame.anchor != YAML::NullAnchor) m_anchors[frame.anchor] = shared;
    add({std::move(shared), frame.place, false});
}

void TreeBuilder::add(Value value) {
    if (m_open.empty()) {
        m_root = std::move(value);
        return;
    }
    Frame& frame = m_open.back();
    if (frame.node.kind == Kind::List)
        frame.node.items.push_back(std::move(value));
    else
        addToMap(frame, std::move(value));
}

void TreeBuilder::addToMap(Frame& frame, Value value) {
    if (frame.pending) {
        frame.pending->value = std::move(value);
        frame.node.pairs.push_back(*std::move(frame.pending));
        frame.pending.reset();
        return;
    }
    if (value.node->kind != Kind::Scalar)
        stop(value.place,
             QCoreApplication::translate("Config", "a key must be a word, as in \"name: value\""));
    const QByteArray& key = value.node->text;
    if (key == "<<")
        stop(value.place, QCoreApplication::translate(
                              "Config", "merge keys (<<) are not read; write the values out"));
    if (!frame.keys.insert(key).second)
        stop(value.place,
             QCoreApplication::translate("Config", "\"%1\" is here twice; keep one of the two")
                 .arg(shownName(key)));
    frame.pending = Pair{key, value.place, {}};
}

/// The parser takes what it cannot join to the document for the begin of another one.
Problem secondDocument(const FileText& text, const Place& place) {
    const QByteArrayView bytes = text.withoutMark();
    const bool isMeant = bytes.contains("\n---") || bytes.contains("\n...");
    return {place, isMeant ? QCoreApplication::translate(
                                 "Config", "a second document begins here; one file holds one, so "
                                           "take the \"---\" or \"...\" out")
                           : QCoreApplication::translate(
                                 "Config", "this does not continue what stands before it; check "
                                           "its indentation, and the blank behind a \":\"")};
}

Result<Value, Problem> parseChecked(const FileText& text) {
    const QByteArrayView bytes = text.withoutMark();
    std::istringstream stream(std::string(bytes.begin(), bytes.end()));
    YAML::Parser parser(stream);
    TreeBuilder first(text);
    if (!parser.HandleNextDocument(first)) return first.root();
    TreeBuilder second(text);
    if (parser.HandleNextDocument(second))
        return Failure{secondDocument(text, second.root().place)};
    return first.root();
}

} // namespace

Result<Value, Problem> parse(const QByteArray& bytes) {
    const FileText text(bytes);
    if (auto problem = text.problem()) return Failure{*std::move(problem)};
    try {
        return parseChecked(text);
    } catch (const Stop& stop) {
        return Failure{stop.problem};
    } catch (const YAML::Exception& exception) {
        return Failure{text.problemOf(exception.mark.pos, exception.mark.column,
                                      QString::fromStdString(exception.msg))};
    }
}

} // namespace sallyport::yaml
