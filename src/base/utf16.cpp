#include "base/utf16.h"

#include <cstdint>

namespace dreams::text {
namespace {

void add_utf8(std::string& utf8, std::uint32_t point) {
    const auto byte = [&](std::uint32_t bits) { utf8 += static_cast<char>(bits); };
    const auto rest = [&](int shift) { byte(0x80 | (point >> shift & 0x3F)); };
    if (point < 0x80) return byte(point);
    if (point < 0x800) {
        byte(0xC0 | point >> 6);
    } else if (point < 0x10000) {
        byte(0xE0 | point >> 12);
        rest(6);
    } else {
        byte(0xF0 | point >> 18);
        rest(12);
        rest(6);
    }
    rest(0);
}

}  // namespace

std::optional<std::string> from_utf16(std::string_view bytes) {
    constexpr std::uint32_t unknown = 0xFFFD;
    const bool big = bytes.starts_with("\xFE\xFF");
    if (!big && !bytes.starts_with("\xFF\xFE")) return std::nullopt;
    const auto unit_at = [&](std::size_t at) -> std::uint32_t {
        if (at + 1 >= bytes.size()) return 0;
        const auto first = static_cast<unsigned char>(bytes[at]),
                   second = static_cast<unsigned char>(bytes[at + 1]);
        return static_cast<std::uint32_t>(big ? first << 8 | second : second << 8 | first);
    };
    const auto leads = [](std::uint32_t unit) { return unit >= 0xD800 && unit < 0xDC00; };
    const auto trails = [](std::uint32_t unit) { return unit >= 0xDC00 && unit < 0xE000; };
    std::string utf8;
    for (std::size_t at = 2; at + 1 < bytes.size(); at += 2) {
        const auto unit = unit_at(at), next = unit_at(at + 2);
        if (leads(unit) && trails(next)) {
            add_utf8(utf8, 0x10000 + ((unit - 0xD800) << 10) + (next - 0xDC00));
            at += 2;
        } else {
            add_utf8(utf8, leads(unit) || trails(unit) ? unknown : unit);
        }
    }
    return utf8;
}

}  // namespace dreams::text
