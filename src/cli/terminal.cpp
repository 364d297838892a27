#include <sys/ioctl.h>
#include <unistd.h>

#include <iostream>
#include <mutex>
#include <sstream>

#include "base/db_guard.h"
#include "cli/bar.h"
#include "cli/context.h"
#include "store/origin.h"
#include "store/schema.h"

namespace dreams::cli {
namespace {

/// The terminal's columns; 0: it is none.
std::size_t terminal_columns(int descriptor) {
    winsize size{};
    if (!::isatty(descriptor)) return 0;
    return ::ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

}  // namespace

Db Context::open(Db::Mode mode) const {
    Db db = store::open_file(database(), mode);
    if (mode == Db::Mode::read_write) store::stamp(db, settings.text("environment"), now());
    static std::once_flag told;
    if (is_read_as_it_lies(db))
        std::call_once(told, [&] {
            remark(*this,
                   database() + " may not be written here: it is only read, as it lies there");
        });
    return db;
}

void print(const std::string& line) {
    std::cout << printable(line) << "\n";
}

void print_lines(const std::string& text) {
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) print(line);
}

void print_table(const Cells& header, const std::vector<Cells>& rows) {
    for (const auto& line : table(header, rows, terminal_columns(STDOUT_FILENO)))
        std::cout << line << "\n";
}

void print_json(const std::string& document) {
    std::cout << document << "\n";
}

void remark(const Context& context, const std::string& sentence) {
    if (!context.quiet && !context.json) std::cerr << printable(sentence) << "\n";
}

void print_error(const std::string& sentence) {
    std::cerr << "dreams: " << printable(sentence) << "\n";
}

bool flush_answer() {
    if (std::cout.flush()) return true;
    print_error("the answer could not be written to standard output");
    return false;
}

std::unique_ptr<jobs::Progress> terminal_progress(const Context& context) {
    const auto columns = terminal_columns(STDERR_FILENO);
    if (context.quiet || columns == 0) return std::make_unique<jobs::Progress>();
    return std::make_unique<Bar>(std::cerr, columns, *context.clock);
}

}  // namespace dreams::cli
