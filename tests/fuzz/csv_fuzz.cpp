// A listing file: the rows of any table, then the homes that its lines tell of.

#include "base/csv.h"

#include <optional>

#include "fuzz/fuzz.h"
#include "sources/listing_file.h"

using namespace dreams;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto text = fuzz::text_of(data, size);
    fuzz::refusing_or([&] {
        csv::Reader rows(text);
        std::size_t last = 0;
        while (const auto row = rows.next()) {
            fuzz::promise(!row->empty(), "a row has a cell");
            fuzz::promise(rows.line() > last, "rows come in the order of their lines");
            last = rows.line();
        }
    });
    fuzz::refusing_or([&] { sources::listing_outline(text); });
    return fuzz::refusing_or([&] {
        sources::ListingReader lines(text);
        std::size_t last = 1;
        while (const auto line = lines.next()) {
            fuzz::promise(line->line > last, "lines come in order, behind the header");
            last = line->line;
        }
    });
}
