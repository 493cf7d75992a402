// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QString>

#include <vector>

namespace sallyport {

/// Makes equal texts share their bytes. Rows mostly repeat what others have: hosts, paths, models,
/// sessions. It remembers one text at each of kPlaces places, chosen by the text's hash, so that it
/// never grows; a text above kMaxLength is left alone.
class TextPool {
public:
    static constexpr std::size_t kPlaces = 1024;
    static constexpr qsizetype kMaxLength = 256;

    void share(QByteArray& text) { share(text, m_bytes); }
    void share(QString& text) { share(text, m_strings); }

private:
    template <typename Text>
    static void share(Text& text, std::vector<Text>& known) {
        if (text.isEmpty() || text.size() > kMaxLength) return;
        Text& place = known[qHash(text) % kPlaces];
        if (place == text)
            text = place;
        else
            place = text;
    }

    std::vector<QByteArray> m_bytes = std::vector<QByteArray>(kPlaces);
    std::vector<QString> m_strings = std::vector<QString>(kPlaces);
};

} // namespace sallyport
