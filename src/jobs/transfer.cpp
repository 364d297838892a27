#include "jobs/transfer.h"

#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "base/text.h"
#include "base/unfinished_file.h"
#include "store/origin.h"
#include "store/replace.h"
#include "store/schema.h"
#include "store/snapshot.h"

namespace dreams::jobs {
namespace {

namespace fs = std::filesystem;
constexpr std::string_view magic = "dreams-copy-1";
constexpr std::size_t block = 1 << 20;

/// FNV-1a by eight bytes at a time, the rest one by one: a slip of a byte shows, whoever does it
/// with intent is ssh's to keep out.
class Mark {
public:
    void add(std::string_view bytes) {
        for (const char c : bytes) {
            word_ = word_ << 8 | static_cast<unsigned char>(c);
            if (++in_word_ == 8) close_word();
        }
    }
    std::string text() {
        close_word();
        char digits[17];
        std::snprintf(digits, sizeof digits, "%016llx", static_cast<unsigned long long>(mark_));
        return digits;
    }

private:
    void close_word() {
        mark_ = (mark_ ^ word_ ^ static_cast<std::uint64_t>(in_word_)) * 1099511628211u;
        mark_ ^= mark_ >> 31;
        word_ = 0;
        in_word_ = 0;
    }
    std::uint64_t mark_ = 14695981039346656037u, word_ = 0;
    int in_word_ = 0;
};

/// Every block of a file.
template <class See>
bool each_block(const std::string& file, See see) {
    std::ifstream in(file, std::ios::binary);
    std::string buffer(block, '\0');
    while (in.read(buffer.data(), static_cast<std::streamsize>(block)), in.gcount() > 0)
        if (!see(std::string_view(buffer).substr(0, static_cast<std::size_t>(in.gcount()))))
            return false;
    if (in.bad()) throw Error(Fault::unavailable, file + " cannot be read");
    return true;
}

std::string first_line(const Flow& flow) {
    std::string line;
    for (char c = 0; line.size() < 100 && flow(&c, 1) == 1; line += c)
        if (c == '\n') return line;
    throw Error(Fault::invalid, "no copy of a file arrived");
}

/// What arrives, until it is whole.
void fetch(const Flow& flow, const std::string& into) {
    const auto words = text::split(first_line(flow), ' ');
    const auto bytes = words.size() == 3 ? text::integer(words[1]) : std::nullopt;
    if (!bytes || words[0] != magic)
        throw Error(Fault::invalid, "what arrived is no copy of a file of DREAMS");
    std::string buffer(block, '\0');
    std::ofstream file(into, std::ios::binary);
    Mark mark;
    std::int64_t arrived = 0;
    while (const auto got = flow(buffer.data(), buffer.size())) {
        const auto piece = std::string_view(buffer).substr(0, got);
        mark.add(piece);
        if (!file.write(piece.data(), static_cast<std::streamsize>(piece.size())))
            throw cannot_write(into, errno);
        arrived += static_cast<std::int64_t>(got);
    }
    file.close();
    if (!file) throw cannot_write(into, errno);
    if (arrived != *bytes || mark.text() != words[2])
        throw Error(Fault::invalid, "the copy arrived incomplete (" + std::to_string(arrived) +
                                        " of " + std::to_string(*bytes) +
                                        " bytes); nothing was changed, send it again");
}

/// False: there is a file at `path`, or somebody else has made one meanwhile.
bool made_of(Db& theirs, const std::string& path) {
    if (fs::exists(path)) return false;
    try {
        store::take_snapshot(theirs, path);
        return true;
    } catch (const Error& error) {
        if (error.fault() != Fault::conflict) throw;
        return false;
    }
}

}  // namespace

bool send_copy(Db& db, const Sink& sink) {
    const UnfinishedFile place(db.path());
    const auto file = place.name() + ".db";
    const auto copy = store::take_snapshot(db, file);
    struct Gone {
        const std::string& file;
        ~Gone() { ::unlink(file.c_str()); }
    } const gone{file};
    Mark mark;
    each_block(file, [&](std::string_view bytes) { return mark.add(bytes), true; });
    return sink(std::string(magic) + " " + std::to_string(copy.bytes) + " " + mark.text() + "\n") &&
           each_block(file, sink);
}

Taken take_copy(const std::string& path, const Flow& flow, Take take,
                const std::string& environment, const Zone& zone, Instant now) {
    remove_leftovers(path + ".");
    const UnfinishedFile arrived(path);
    fetch(flow, arrived.name());
    Db theirs = Db::open(arrived.name(),
                         take == Take::replace ? Db::Mode::read_write : Db::Mode::read_only);
    if (theirs.value<int>("PRAGMA user_version") != store::schema_version)
        throw Error(Fault::invalid, "the copy is of another schema than this program's (" +
                                        std::to_string(store::schema_version) +
                                        "); use the same DREAMS on both sides");
    Taken taken;
    if (made_of(theirs, path)) taken.how = "made";
    Db ours = store::open_file(path);
    if (taken.how.empty() && take == Take::replace) {
        taken.merged.snapshot = store::replace_database(ours, theirs, "replace", now);
        taken.how = "replaced";
    }
    store::stamp(ours, environment, now);
    if (taken.how.empty()) {
        taken.merged = merge(ours, arrived.name(), zone, now);
        taken.how = "merged";
    }
    taken.compared = store::compare(theirs, ours);
    // Who uses which of them is no matter of what they hold.
    std::erase_if(taken.compared, [](const auto& each) { return each.table == "dreams_leases"; });
    return taken;
}

}  // namespace dreams::jobs
