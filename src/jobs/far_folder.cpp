#include "jobs/far_folder.h"

#include <cerrno>
#include <cstring>
#include <fstream>

#include "base/text.h"
#include "base/unfinished_file.h"

namespace dreams::jobs {
namespace {

constexpr std::size_t block = 1 << 20;
constexpr int no_such_file = 44;  // what our own lines end with, and no other program
constexpr int ssh_failed = 255;

/// In words that no option can be: a name of a file begins with a folder.
std::string word(const std::string& name) {
    return quoted_for_shell("./" + name);
}

/// Gives the file to the program; whether all of it was taken.
bool write_all(Program& there, const std::string& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) throw Error(Fault::unavailable, file + " cannot be opened: " + std::strerror(errno));
    std::vector<char> buffer(block);
    while (in.read(buffer.data(), static_cast<std::streamsize>(block)), in.gcount() > 0)
        if (!there.write({buffer.data(), static_cast<std::size_t>(in.gcount())})) return false;
    if (in.bad()) throw Error(Fault::unavailable, file + " cannot be read");
    return true;
}

/// Whether what the program says is the file. What it says first is kept: a reason, it may be.
bool reads_the_same(Program& there, const std::string& file, std::string& said) {
    std::ifstream in(file, std::ios::binary);
    std::vector<char> theirs(block), ours(block);
    bool same = true;
    while (const auto got = there.read(theirs.data(), block)) {
        in.read(ours.data(), static_cast<std::streamsize>(got));
        same = same && in.gcount() == static_cast<std::streamsize>(got) &&
               std::memcmp(theirs.data(), ours.data(), got) == 0;
        if (said.size() < 1000) said.append(theirs.data(), std::min<std::size_t>(got, 1000));
    }
    return same && in.peek() == std::ifstream::traits_type::eof();
}

std::vector<std::string> lines_of(const std::string& said) {
    auto lines = text::split(said, '\n');
    std::erase(lines, "");
    return lines;
}

}  // namespace

FarFolder::FarFolder(FarSide far, bool may_ask) : far_(std::move(far)), may_ask_(may_ask) {
    if (!far_.path.starts_with('/')) far_.path.insert(0, "./");
}

Program FarFolder::begin(const std::string& line) {
    // Whatever shell its owner likes, this one is there.
    return Program(far_.shell("exec sh -c " + quoted_for_shell(line), may_ask_));
}

void FarFolder::fail(int status, const std::string& said) const {
    if (status == ssh_failed)
        throw Error(Fault::unavailable, "ssh did not reach " + far_.host +
                                            "; what it said is on standard error and in the log");
    auto reason = said.substr(0, said.find('\n'));
    throw Error(Fault::unavailable, far_.host + " could not do it" +
                                        (reason.empty() ? "" : ": " + text::valid_utf8(reason)));
}

std::string FarFolder::done(const std::string& line) {
    auto there = begin("{ cd " + quoted_for_shell(far_.path) + " && " + line + "; } 2>&1");
    there.close_input();
    auto said = there.read_all();
    if (const int status = there.end(); status != 0) fail(status, said);
    return said;
}

void FarFolder::put(const std::string& file, const std::string& name) {
    const auto folder = quoted_for_shell(far_.path), target = word(name);
    auto there = begin("umask 077; { mkdir -p " + folder + " && cd " + folder + " && cat > " +
                       target + " && { sync " + target + " 2>/dev/null || sync; } || { rm -f " +
                       target + "; exit 1; }; } 2>&1 && cat " + target);
    const bool taken = write_all(there, file);
    there.close_input();
    std::string said;
    const bool same = reads_the_same(there, file, said);
    if (const int status = there.end(); status != 0) fail(status, said);
    if (!taken || !same) {
        remove({name});
        throw Error(Fault::unavailable, "what " + far_.host + " kept of " + name +
                                            " is not what was sent; look at its disk");
    }
}

bool FarFolder::get(const std::string& name, const std::string& into) {
    const auto source = word(name);
    auto there = begin("cd " + quoted_for_shell(far_.path) + " && { test -f " + source +
                       " || exit " + std::to_string(no_such_file) + "; } && cat " + source);
    there.close_input();
    std::ofstream out(into, std::ios::binary);
    std::vector<char> buffer(block);
    while (const auto got = there.read(buffer.data(), block))
        if (!out.write(buffer.data(), static_cast<std::streamsize>(got)))
            throw cannot_write(into, errno);
    out.close();
    if (!out) throw cannot_write(into, errno);
    const int status = there.end();
    if (status == no_such_file) return false;
    if (status != 0) fail(status, "");
    return true;
}

std::vector<std::string> FarFolder::names() {
    const auto folder = quoted_for_shell(far_.path);
    auto there = begin("{ test ! -e " + folder + " || { cd " + folder + " && ls -1; }; } 2>&1");
    there.close_input();
    const auto said = there.read_all();
    if (const int status = there.end(); status != 0) fail(status, said);
    return lines_of(said);
}

std::vector<std::string> FarFolder::rename(
    const std::vector<std::pair<std::string, std::string>>& from_to) {
    std::string line = ":";
    for (const auto& [from, to] : from_to)  // `mv -n` leaves what it may not move, and is content
        line += " && mv -n " + word(from) + " " + word(to) + " && { ! test -e " + word(from) +
                " || { echo " + word(to) + " is there already; false; }; }";
    return lines_of(done(line + " && { sync . 2>/dev/null || sync; } && ls -1"));
}

void FarFolder::remove(const std::vector<std::string>& names) {
    if (names.empty()) return;
    std::string line = "rm -f";
    for (const auto& name : names) line += " " + word(name);
    done(line);
}

}  // namespace dreams::jobs
