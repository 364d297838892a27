#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <iostream>

#include "base/text.h"
#include "cli/context.h"
#include "store/schema.h"

namespace dreams::cli {
namespace {

std::size_t terminal_width(int descriptor) {
    winsize size{};
    if (::ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
    return 0;  // no terminal: nothing is cut
}

/// Code points, near enough to columns for names and sentences.
std::size_t width(std::string_view text) {
    return static_cast<std::size_t>(std::ranges::count_if(
        text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::string cut(const std::string& text, std::size_t columns) {
    if (width(text) <= columns) return text;
    std::string result;
    std::size_t taken = 0;
    for (const char c : text) {
        if ((static_cast<unsigned char>(c) & 0xC0) != 0x80 && ++taken >= columns) break;
        result += c;
    }
    return result + "…";
}

std::string padded(const std::string& text, std::size_t columns, bool right) {
    const std::string blanks(columns - std::min(columns, width(text)), ' ');
    return right ? blanks + text : text + blanks;
}

/// One line that is written over and over, with a bar where the end is known.
class Bar : public jobs::Progress {
public:
    ~Bar() override { end_line(); }

    void part(const std::string& name, std::int64_t total) override {
        end_line();
        name_ = name;
        total_ = total;
        start_ = last_ = std::chrono::steady_clock::now();
        draw(0);
    }
    void done(std::int64_t so_far) override {
        const auto now = std::chrono::steady_clock::now();
        if (so_far < total_ && now - last_ < std::chrono::milliseconds(100)) return;
        last_ = now;
        draw(so_far);
    }
    void note(const std::string& sentence) override {
        end_line();
        std::cerr << sentence << "\n";
    }

private:
    void draw(std::int64_t so_far) {
        const double seconds =
            std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
        const double rate = seconds > 0.2 ? static_cast<double>(so_far) / seconds : 0;
        std::string line = padded(name_, 24, false);
        if (total_ > 0) {
            const auto share =
                std::min(1.0, static_cast<double>(so_far) / static_cast<double>(total_));
            const auto filled = static_cast<std::size_t>(share * 24);
            line += " [" + std::string(filled, '#') + std::string(24 - filled, '.') + "] " +
                    text::grouped(so_far) + " of " + text::grouped(total_);
        } else {
            line += " " + text::grouped(so_far);
        }
        if (rate > 0) line += ", " + text::grouped(static_cast<std::int64_t>(rate)) + "/s";
        if (rate > 0 && total_ > so_far)
            line +=
                ", " +
                std::to_string(static_cast<int>(static_cast<double>(total_ - so_far) / rate) + 1) +
                " s left";
        std::cerr << "\r\033[K"
                  << cut(line, std::max<std::size_t>(terminal_width(STDERR_FILENO), 40))
                  << std::flush;
        open_ = true;
    }
    void end_line() {
        if (open_) std::cerr << "\n";
        open_ = false;
    }

    std::string name_;
    std::int64_t total_ = 0;
    std::chrono::steady_clock::time_point start_, last_;
    bool open_ = false;
};

}  // namespace

Db Context::open(Db::Mode mode) const {
    return store::open_file(database(), mode);
}

void print_json(const std::string& document) {
    std::cout << document << "\n";
}

void remark(const Context& context, const std::string& sentence) {
    if (!context.quiet && !context.json) std::cerr << sentence << "\n";
}

void print_error(const std::string& sentence) {
    std::cerr << "dreams: " << sentence << "\n";
}

void print(const std::string& line) {
    std::cout << line << "\n";
}

void print_table(const std::vector<std::string>& header,
                 const std::vector<std::vector<std::string>>& rows) {
    std::vector<std::size_t> widths;
    for (const auto& name : header) widths.push_back(width(name) - (name.starts_with('#') ? 1 : 0));
    for (const auto& row : rows)
        for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], width(row[i]));
    const std::size_t edge = terminal_width(STDOUT_FILENO);
    const auto line = [&](const std::vector<std::string>& cells) {
        std::string text;
        for (std::size_t i = 0; i < cells.size(); ++i) {
            const bool last = i + 1 == cells.size();
            text +=
                last ? cells[i] : padded(cells[i], widths[i], header[i].starts_with('#')) + "  ";
        }
        print(edge > 0 ? cut(text, edge) : text);
    };
    std::vector<std::string> names;
    for (const auto& name : header) names.push_back(name.starts_with('#') ? name.substr(1) : name);
    line(names);
    for (const auto& row : rows) line(row);
}

std::unique_ptr<jobs::Progress> terminal_progress(const Context& context) {
    if (context.quiet || context.json || !::isatty(STDERR_FILENO))
        return std::make_unique<jobs::Progress>();
    return std::make_unique<Bar>();
}

}  // namespace dreams::cli
