// SPDX-License-Identifier: MIT
// Any bytes as a settings file: what is accepted can be edited and comes back to the byte, a
// reader sees nothing but our keys change, and an undo among foreign bytes never breaks a file.
#include "core/claudecode/maskedsettings.h"
#include "core/claudecode/settingsedit.h"
#include "core/claudecode/settingsundo.h"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <cstdlib>

using namespace sallyport;
using nlohmann::json;

namespace {

const std::vector<WantedKey> kWanted{
    {"ANTHROPIC_BASE_URL", true, "\"http://127.0.0.1:8899\"", false},
    {"NO_PROXY", true, "\"a\\\"b\"", false},
    {"skipWebFetchPreflight", false, "true", false}};

void require(bool condition) {
    if (!condition) std::abort();
}

json readerView(const QByteArray& text) {
    return json::parse(text.begin(), text.end(), nullptr, false, true);
}

/// A second opinion, where nlohmann-json has one: no trailing commas, no bad UTF-8.
void compareMeaning(const QByteArray& before, const QByteArray& after) {
    // It takes a NUL in a comment for the end of the text.
    if (before.contains('\0')) return;
    json expected = readerView(before);
    if (expected.is_discarded()) return;
    for (const WantedKey& key : kWanted) {
        json& object = key.isInEnv ? expected["env"] : expected;
        object[key.name.toStdString()] = json::parse(key.value.toStdString());
    }
    require(readerView(after) == expected);
}

void editAndBack(const QByteArray& text) {
    const auto edit = withKeysSet(text, kWanted, {});
    if (!edit) {
        require(edit.error().kind != EditFault::Kind::Unfaithful);
        return;
    }
    compareMeaning(text, edit->text);
    const auto undo = withStepsUndone(edit->text, edit->steps);
    require(undo.isOk() && undo->text == text && undo->leftAlone.empty());
    require(withKeysSet(edit->text, kWanted, edit->steps)->text == edit->text);
    require(!maskedSettings(text).isNull() || text.isEmpty());
}

/// Steps of another text, undone here: whatever comes out can be read.
void undoAmongForeignBytes(const QByteArray& text) {
    static const auto other = withKeysSet("{\n  \"x\": 1,\n  \"env\": {\n  }\n}\n", kWanted, {});
    const auto undo = withStepsUndone(text, other->steps);
    if (!undo) {
        require(undo.error().kind != EditFault::Kind::Unfaithful);
        return;
    }
    require(jsonspans::scan(undo->text).isOk());
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const QByteArray text(reinterpret_cast<const char*>(bytes), static_cast<qsizetype>(size));
    editAndBack(text);
    undoAmongForeignBytes(text);
    return 0;
}
