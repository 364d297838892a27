#pragma once

#include <algorithm>
#include <chrono>
#include <string>

#include "bench/account.h"
#include "bench/file.h"
#include "bench/table.h"

namespace dreams::bench {

/// What all parts need.
struct Setting {
    const Folder& folder;  ///< on the disk that is measured
    std::string program;   ///< the `dreams` to be started
    int runs = 5;          ///< the best of so many counts: others use the machine too
};

class Stopwatch {
public:
    double seconds() const {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
    }

private:
    std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

/// The shortest of several times, in seconds.
class Best {
public:
    void see(double seconds) { least_ = std::min(least_, seconds); }
    double seconds() const { return least_; }

private:
    double least_ = 1e9;
};

// The parts, each in the file of its name.

/// Events stored by a sync against bare inserts of the same rows.
void storing(const Setting& setting, const Account& account, Table& table);
/// A rescore of everyone in `file` against a bare scan and bare writes of the same rows.
void rescoring(const Setting& setting, const std::string& file, Table& table);
/// The pages of `dreams serve` over loopback, against the same server with a ready-made page.
void pages(const Setting& setting, const std::string& file, const Account& account, Table& table);
/// How soon `dreams serve` answers after its start, and what memory it needs.
void idle(const Setting& setting, const std::string& file, const Account& account, Table& table);
/// Listing files imported against bare inserts of the rows that come of them.
void importing(const Setting& setting, Table& table);
/// Homes sought for everyone, of an office and of a county.
void matching(const Setting& setting, Table& table);
/// A proved backup of a file beside copies that prove nothing.
void backing_up(const Setting& setting, Table& table);
/// Two copies of a file that both moved on, compared and merged.
void merging(const Setting& setting, Table& table);
/// Captures of the browser extension kept in a copy of `file`, which has the homes.
void capturing(const Setting& setting, const std::string& file, Table& table);
/// The pages of 100,000 homes, and who looks at one, in a copy of `file`; captures among them.
void homes(const Setting& setting, const std::string& file, Table& table);

}  // namespace dreams::bench
