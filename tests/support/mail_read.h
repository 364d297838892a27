#pragma once

// Reads mail as a mail program does: headers unfolded and decoded, parts by their boundary. Only
// what DREAMS may write is understood; anything else throws.

#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "sim/wire/base64.h"

namespace dreams::test {

struct ReadMail {
    std::vector<std::pair<std::string, std::string>> headers;  ///< values decoded
    std::string type;         ///< of the body: `multipart/alternative`
    std::string plain, html;  ///< lines ended by \r\n; empty: there is no such part

    std::vector<std::string> all(const std::string& name) const {
        std::vector<std::string> values;
        for (const auto& [each, value] : headers)
            if (each == name) values.push_back(value);
        return values;
    }
    std::string header(const std::string& name) const {
        const auto values = all(name);
        if (values.size() != 1)
            throw std::runtime_error(std::to_string(values.size()) + " headers " + name);
        return values.front();
    }
};

inline std::vector<std::string> lines_of(std::string_view text) {
    std::vector<std::string> lines;
    for (std::size_t end; (end = text.find("\r\n")) != text.npos; text.remove_prefix(end + 2))
        lines.emplace_back(text.substr(0, end));
    if (!text.empty()) throw std::runtime_error("a last line without its end");
    return lines;
}

/// Encoded words become what they stand for; blanks between two of them go (RFC 2047, 6.2).
inline std::string decoded_words(std::string_view value) {
    static constexpr std::string_view begin = "=?UTF-8?B?";
    std::string result;
    bool after_word = false;
    while (!value.empty()) {
        const auto at = value.find(begin);
        const auto between = value.substr(0, at);
        if (!after_word || at == value.npos || between.find_first_not_of(' ') != between.npos)
            result += between;
        if (at == value.npos) break;
        value.remove_prefix(at + begin.size());
        const auto end = value.find("?=");
        result += sim::from_base64(value.substr(0, end)).value();
        value.remove_prefix(end + 2);
        after_word = true;
    }
    return result;
}

inline std::string from_quoted_printable(const std::vector<std::string>& lines) {
    std::string result;
    for (const auto& line : lines) {
        bool soft = false;
        for (std::size_t i = 0; i < line.size(); ++i) {
            if (line[i] != '=') {
                result += line[i];
            } else if (i + 1 == line.size()) {
                soft = true;
            } else {
                result += static_cast<char>(std::stoi(line.substr(i + 1, 2), nullptr, 16));
                i += 2;
            }
        }
        if (!soft) result += "\r\n";
    }
    return result;
}

/// Takes headers off the front of `lines`.
inline std::vector<std::pair<std::string, std::string>> take_headers(
    std::vector<std::string>& lines) {
    std::vector<std::pair<std::string, std::string>> headers;
    std::size_t i = 0;
    for (; i < lines.size() && !lines[i].empty(); ++i) {
        if (lines[i].front() == ' ' && !headers.empty()) {
            headers.back().second += lines[i];
            continue;
        }
        const auto colon = lines[i].find(':');
        if (colon == std::string::npos) throw std::runtime_error("no header: " + lines[i]);
        const auto value = lines[i].substr(colon + 1);
        headers.emplace_back(lines[i].substr(0, colon),
                             value.starts_with(' ') ? value.substr(1) : value);
    }
    lines.erase(lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(i + 1));
    for (auto& [name, value] : headers) value = decoded_words(value);
    return headers;
}

inline ReadMail read_mail(const std::string& text) {
    ReadMail mail;
    auto lines = lines_of(text);
    mail.headers = take_headers(lines);
    const auto put = [&](const std::string& type, const std::vector<std::string>& part) {
        (type == "text/plain; charset=UTF-8" ? mail.plain : mail.html) =
            from_quoted_printable(part);
    };
    const auto type = mail.header("Content-Type");
    mail.type = type.substr(0, type.find(';'));
    if (mail.type != "multipart/alternative") {
        put(type, lines);
        return mail;
    }
    const auto mark = "--" + type.substr(type.find('"') + 1, type.rfind('"') - type.find('"') - 1);
    std::vector<std::vector<std::string>> parts;
    for (const auto& line : lines) {
        if (line == mark + "--") break;
        if (line == mark)
            parts.emplace_back();
        else if (!parts.empty())
            parts.back().push_back(line);
    }
    for (auto& part : parts) {
        part.pop_back();  // the line end before a mark is the mark's
        const auto headers = take_headers(part);
        put(headers.front().second, part);
    }
    return mail;
}

}  // namespace dreams::test
