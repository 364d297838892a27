// A whole import taken back: what only it brought goes, what came later stays.

#include "store/imports.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <array>

#include "homes.h"
#include "store/hidden_homes.h"
#include "store/mls_listings.h"

namespace dreams::store {
namespace {

using std::chrono::hours;
using test::monday;
using test::sighting;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class Imports : public testing::Test {
protected:
    /// A file that tells of these homes, `days` after monday.
    std::int64_t import(const std::vector<Sighting>& homes, int days = 0) {
        return test::import_homes(db, homes, monday + hours{24 * days}, std::to_string(days));
    }
    Sighting home(int number, std::int64_t price, const std::string& status = "Active") {
        const auto id = std::to_string(number);
        auto said = sighting(id, id + " Elm Rd", "410000" + id);
        said.listing.price = price;
        said.listing.status = status;
        return said;
    }
    /// The tables that people see, as text; `updated_at` moves with every undoing.
    std::string rows() {
        db.run("UPDATE properties SET updated_at = NULL");
        std::string text;
        for (const auto* table : {"properties", "property_changes", "contact_properties"})
            for (const auto& row : db.list<std::string>("SELECT quote(id) || " + columns_of(table) +
                                                        " FROM " + table + " ORDER BY 1"))
                text += row + "\n";
        return text;
    }
    std::string columns_of(const std::string& table) {
        return db.value<std::string>(
            "SELECT group_concat('quote(' || name || ')', '||') FROM pragma_table_info(:table)",
            {{"table", table}});
    }
    std::string text(const std::string& sql) {
        return db.value<std::optional<std::string>>(sql).value_or("NULL");
    }

    Db db = test::database();
};

TEST_F(Imports, OfNewHomesAreUndoneWhole) {
    const auto id = import({home(1, 100'000), home(2, 200'000)});
    const auto report = undo_import(db, id, monday);
    EXPECT_EQ(report.removed, 2);
    EXPECT_EQ(test::homes_in(db), 0);
    EXPECT_EQ(text("SELECT count(*) FROM dreams_property_keys"), "0");
    EXPECT_THROW(undo_import(db, id, monday), Error);
    EXPECT_THROW(undo_import(db, 99, monday), Error);
}

TEST_F(Imports, ThatChangedHomesAreUndoneToTheLetter) {
    import({home(1, 100'000), home(2, 200'000)});
    const auto before = rows();
    auto relisted = home(2, 190'000);
    relisted.listing.mls_number = "777";
    relisted.features.latitude = 35.123456789012345;
    relisted.features.longitude = -83.0;
    const auto id = import({home(1, 95'000, "Pending"), relisted}, 1);
    EXPECT_NE(rows(), before);
    const auto report = undo_import(db, id, monday);
    EXPECT_EQ(report.restored, 2);
    EXPECT_EQ(report.values_kept, 0);
    EXPECT_EQ(rows(), before);
}

TEST_F(Imports, MayComeAgainAfterTheyWereUndone) {
    import({home(1, 100'000)});
    const auto second = import({home(1, 95'000)}, 2);
    const auto after = rows();
    undo_import(db, second, monday);
    import({home(1, 97'000)}, 1);
    EXPECT_EQ(text("SELECT price FROM properties"), "97000");
    EXPECT_NE(rows(), after);
}

TEST_F(Imports, LeaveWhatLaterFilesSaid) {
    const auto first = import({home(1, 100'000)});
    const auto second = import({home(1, 95'000)}, 1);
    const auto third = import({home(1, 90'000, "Pending")}, 2);
    const auto report = undo_import(db, second, monday);
    EXPECT_EQ(report.values_kept, 1) << "the price moved on";
    EXPECT_EQ(text("SELECT price FROM properties"), "90000");
    EXPECT_EQ(text("SELECT status FROM properties"), "pending");
    EXPECT_THAT(text("SELECT price_history FROM properties"),
                testing::AllOf(HasSubstr("90000"), testing::Not(HasSubstr("95000"))));
    const auto kept = undo_import(db, first, monday);
    EXPECT_EQ(kept.homes_kept, 1);
    EXPECT_THAT(kept.kept, ElementsAre("1 Elm Rd: another file shows it too"));
    EXPECT_EQ(test::homes_in(db), 1);
    EXPECT_EQ(undo_import(db, third, monday).removed, 1) << "no file shows it any more";
    EXPECT_EQ(test::homes_in(db), 0);
}

TEST_F(Imports, UndoneInAnyOrderLeadBackToWhatWasBefore) {
    import({home(1, 100'000)});
    const auto before = rows();
    const auto second = import({home(1, 95'000)}, 1), third = import({home(1, 90'000)}, 2);
    undo_import(db, second, monday);
    undo_import(db, third, monday);
    EXPECT_EQ(rows(), before);
}

TEST_F(Imports, LeaveHomesThatPeopleUse) {
    const Lead ana = test::add_lead(db, "Ana");
    const auto id = import({home(1, 1), home(2, 2), home(3, 3), home(4, 4), home(5, 5)});
    const auto of = [](int n) {
        return "(SELECT id FROM properties WHERE redfin_id = " + std::to_string(n) + ")";
    };
    db.run("UPDATE properties SET notes = 'steep' WHERE id = " + of(1));
    db.run(
        "INSERT INTO contact_properties (id, contact_id, property_id, relationship) "
        "VALUES ('s', '" +
        ana.id.text + "', " + of(2) +
        ", 'saved'), "
        "('v', '" +
        ana.id.text + "', " + of(3) + ", 'viewed')");
    db.run("INSERT INTO matches (id, lead_id, property_id) VALUES ('m', '" + ana.id.text + "', " +
           of(4) + ")");
    db.run("UPDATE properties SET price = 6 WHERE id = " + of(5));
    const auto report = undo_import(db, id, monday);
    EXPECT_EQ(report.removed, 1) << "only looked at: what shows that is derived";
    EXPECT_THAT(report.kept,
                testing::UnorderedElementsAre("1 Elm Rd: somebody noted something about it",
                                              "2 Elm Rd: it is saved for or matched with somebody",
                                              "4 Elm Rd: it is matched with somebody",
                                              "5 Elm Rd: it was changed since"));
}

TEST_F(Imports, LeaveWhatALaterFileSaidAgain) {
    import({home(1, 500'000)});
    const auto second = import({home(1, 480'000, "Pending")}, 1);
    const auto third = import({home(1, 480'000, "Pending")}, 2);
    const auto before = rows();
    EXPECT_EQ(undo_import(db, second, monday).values_kept, 2);
    EXPECT_EQ(rows(), before) << "the third file says so";
    EXPECT_EQ(undo_import(db, third, monday).restored, 1);
    EXPECT_EQ(text("SELECT price || status FROM properties"), "500000active");
    EXPECT_EQ(text("SELECT count(*) FROM property_changes"), "0");
}

TEST_F(Imports, AreUndoneInWhicheverOrder) {
    const auto first = import({home(1, 500'000)});
    const auto before = rows();
    const auto second = import({home(1, 480'000, "Pending")}, 1);
    const auto third = import({home(1, 480'000, "Pending")}, 2);
    const auto fourth = import({home(1, 480'000, "Pending")}, 3);
    for (const auto id : {third, second, fourth}) undo_import(db, id, monday);
    EXPECT_EQ(rows(), before);
    EXPECT_EQ(undo_import(db, first, monday).removed, 1);
}

TEST_F(Imports, ThatShowedAHomeByMistakeShowItNoLongerOnceUndone) {
    const auto shown = [&] { return text("SELECT count(*) FROM properties p WHERE " + in_view); };
    MlsListingKeeper feed(db);
    MlsListing listing{.id = "canopy 1", .system = "canopy", .key = "1"};
    feed.keep(listing, home(1, 500'000), monday - hours{48});
    listing.out_of_view = "the MLS has withdrawn it";
    feed.hide(listing, monday);
    const auto mistake = import({home(1, 490'000)});
    ASSERT_EQ(shown(), "1");
    undo_import(db, mistake, monday);
    EXPECT_EQ(shown(), "0");

    // Of two files of a kind the one that stands shows it, whichever was the first.
    const auto older = import({home(1, 490'000)}, 2), newer = import({home(1, 480'000)}, 3);
    undo_import(db, older, monday);
    EXPECT_EQ(shown(), "1");
    undo_import(db, newer, monday);
    EXPECT_EQ(shown(), "0");
}

TEST_F(Imports, PutBackSinceWhenAndUntilWhenASourceShowedAHome) {
    const auto at = [](int days) { return monday + hours{24 * days}; };
    test::keep(db, home(1, 500'000), test::told("redfin", at(2)));
    const auto sources = [&] {
        return text("SELECT source || first_at || last_at FROM dreams_property_sources");
    };
    const auto before = sources();
    const auto earlier = import({home(1, 510'000)}, 1), later = import({home(1, 490'000)}, 3),
               last = import({home(1, 480'000)}, 4);
    EXPECT_EQ(sources(), "redfin" + to_text(at(1)) + to_text(at(4)));
    undo_import(db, later, monday);
    EXPECT_EQ(sources(), "redfin" + to_text(at(1)) + to_text(at(4)));
    undo_import(db, last, monday);
    undo_import(db, earlier, monday);
    EXPECT_EQ(sources(), before);
}

/// Whatever the files said again or anew: once all are undone, the home is as the first one made
/// it.
TEST_F(Imports, UndoneInEveryOrderLeaveNothingBehind) {
    for (int said = 0; said < 8; ++said) {
        std::array<int, 3> order{0, 1, 2};
        do {
            const auto first = import({home(1, 500'000)});
            const auto before = rows();
            std::array<std::int64_t, 3> later{};
            for (int n = 0; n < 3; ++n) {
                const bool cheap = (said >> n) % 2 == 1;
                later[static_cast<std::size_t>(n)] = import(
                    {home(1, cheap ? 470'000 : 480'000, cheap ? "Pending" : "Active")}, n + 1);
            }
            for (const int n : order) undo_import(db, later[static_cast<std::size_t>(n)], monday);
            ASSERT_EQ(rows(), before) << said << ": " << order[0] << order[1] << order[2];
            ASSERT_EQ(undo_import(db, first, monday).removed, 1) << said;
        } while (std::ranges::next_permutation(order).found);
    }
}

TEST_F(Imports, LeaveWhatAnotherSourceSaidAgain) {
    import({home(1, 500'000)});
    const auto second = import({home(1, 480'000, "Pending")}, 1);
    for (int again = 2; again < 4; ++again)
        test::keep(db, home(1, 480'000, "Pending"),
                   test::told("zillow", monday + hours{24 * again}));
    undo_import(db, second, monday);
    EXPECT_EQ(text("SELECT price || status FROM properties"), "480000pending");
    EXPECT_EQ(text("SELECT count(*) FROM dreams_home_journal WHERE action = 'seen' "
                   "AND column_name = 'price'"),
              "2")
        << "said once, and what it inherited";
}

TEST_F(Imports, LeaveAHomeThatAnotherSourceShows) {
    for (const auto* source : {"zillow", "redfin"}) {
        const auto id = import({home(1, 500'000), home(2, 400'000)});
        test::keep(db, home(1, 500'000), test::told(source, monday + hours{24}));
        const auto report = undo_import(db, id, monday);
        EXPECT_EQ(report.removed, 1) << source;
        EXPECT_THAT(report.kept, ElementsAre("1 Elm Rd: another source shows it too")) << source;
        db.run("DELETE FROM properties");
    }
}

TEST_F(Imports, KeepTheChangeThatSomebodyWasToldOf) {
    import({home(1, 100'000), home(2, 200'000)});
    const auto id = import({home(1, 95'000), home(2, 195'000)}, 1);
    db.run("UPDATE property_changes SET notified = 1 WHERE property_address = '1 Elm Rd'");
    undo_import(db, id, monday);
    EXPECT_THAT(db.list<std::string>("SELECT property_address FROM property_changes"),
                ElementsAre("1 Elm Rd"));
}

TEST_F(Imports, AreListedAndKnownAgainByWhatTheySay) {
    const auto id = import({home(1, 100'000)}, 3);
    EXPECT_EQ(import_of(db, "3")->id, id);
    EXPECT_EQ(imports(db, 10).front().rows, 1);
    undo_import(db, id, monday);
    EXPECT_FALSE(import_of(db, "3").has_value());
    EXPECT_EQ(dreams::store::import(db, id).undone_at, monday);
}

TEST_F(Imports, RememberTheMappingOfAHeader) {
    EXPECT_FALSE(remembered_mapping(db, "a, b").has_value());
    remember_mapping(db, "a, b", {"{}"}, monday);
    remember_mapping(db, "a, b", {R"({"a":"price"})"}, monday);
    EXPECT_EQ(remembered_mapping(db, "a, b")->text, R"({"a":"price"})");
}

}  // namespace
}  // namespace dreams::store
