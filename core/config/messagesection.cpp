// SPDX-License-Identifier: MIT
#include "core/config/messagesection.h"

#include "core/config/quoting.h"
#include "core/config/sections.h"
#include "core/route/rulegrammar.h"

#include <QCoreApplication>

#include <algorithm>

namespace sallyport {

namespace {

constexpr qsizetype kLongestModel = 256;
constexpr std::size_t kMostModels = 100;
constexpr qint64 kMostBody = qint64{16} * 1024 * 1024 * 1024;

bool isModelName(const QByteArray& name) {
    return !name.isEmpty() && name.size() <= kLongestModel &&
           std::none_of(name.begin(), name.end(),
                        [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

void readModels(const MapReader& map, Route& route) {
    const yaml::Pair* section = map.find("model");
    if (!section) return;
    const yaml::Node& node = *section->value.node;
    if (node.kind != yaml::Kind::Map || node.pairs.size() > kMostModels) {
        map.refuse("model",
                   QCoreApplication::translate(
                       "Config", "names are written {\"claude-opus-*\": corp-large}, %1 at "
                                 "most")
                       .arg(kMostModels));
        return;
    }
    for (const yaml::Pair& pair : node.pairs) {
        const yaml::Node& name = *pair.value.node;
        const bool isName =
            name.kind == yaml::Kind::Scalar && isModelName(name.text) && !name.text.contains('*');
        if (isModelName(pair.key) && isName)
            route.model.emplace_back(pair.key, name.text);
        else
            map.findings().add(pair.keyPlace,
                               QCoreApplication::translate(
                                   "Config", "\"%1\" and its value are names of models of 1 to 256 "
                                             "bytes, with * for any text on the left only")
                                   .arg(shownName(pair.key)));
    }
}

scalars::Parsed<QByteArray> betaValue(const QByteArray& text) {
    if (isRuleToken(text)) return text;
    return Failure{QCoreApplication::translate(
                       "Config", "\"%1\" is not a value of anthropic-beta; write one like "
                                 "context-1m-2025-08-07")
                       .arg(shownValue(text))};
}

void readBetas(const MapReader& map, BetaRules& rules) {
    const MapReader section = sectionOf(map, "anthropic_beta", {"set", "remove"});
    section.readList("set", betaValue,
                     [&](const QByteArray& value) { rules.set.push_back(value); });
    section.readList("remove", betaValue,
                     [&](const QByteArray& value) { rules.remove.push_back(value); });
}

scalars::Parsed<qint64> bodySize(const QByteArray& text) {
    auto size = scalars::size(text);
    if (!size || (*size > 0 && *size <= kMostBody)) return size;
    return Failure{QCoreApplication::translate("Config", "\"%1\" is not from %2 to %3 bytes")
                       .arg(shownValue(text), QStringLiteral("1"), QString::number(kMostBody))};
}

} // namespace

void readMessageRules(const MapReader& map, Route& route) {
    readModels(map, route);
    map.readBool("model_echo", route.echoesModel);
    if (route.echoesModel && !map.has("model"))
        map.refuse("model_echo", QCoreApplication::translate(
                                     "Config", "without model nothing is renamed; add model, or "
                                               "take this out"));
    readBetas(map, route.anthropicBeta);
    map.readBool("forwarded", route.addsForwarded);
    map.read("max_body", route.maxBody, bodySize);
}

} // namespace sallyport
