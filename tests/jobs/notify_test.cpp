// What is told goes through every channel, unless the file may not send at all.

#include "jobs/notify.h"

#include <gmock/gmock.h>

#include "store/origin.h"
#include "support/database.h"

namespace dreams::jobs {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

struct AMessage : testing::Test {
    test::Folder folder;
    Db db = test::database(folder);
    std::vector<std::string> sent;  ///< `mail: subject`

    void SetUp() override { store::stamp(db, "prd", test::monday); }
    delivery::Channel taking(const std::string& name) {
        return {name, [this, name](const auto& message) {
                    sent.push_back(name + ": " + message.subject);
                }};
    }
    static delivery::Channel refusing(const std::string& name, Fault fault) {
        return {name, [fault](const auto&) { throw Error(fault, "no room"); }};
    }
    Notified tell(const std::vector<delivery::Channel>& channels,
                  const std::string& environment = "prd") {
        return send_all(db, environment, channels, {.subject = "news"});
    }
};

TEST_F(AMessage, GoesThroughEveryChannel) {
    const auto notified = tell({taking("mail"), taking("ntfy")});
    EXPECT_THAT(notified.took, ElementsAre("mail", "ntfy"));
    EXPECT_THAT(notified.not_taken, IsEmpty());
    EXPECT_THAT(sent, ElementsAre("mail: news", "ntfy: news"));
}

TEST_F(AMessage, IsKeptFromNoChannelByOneThatFails) {
    const auto notified = tell({refusing("mail", Fault::unauthorized), taking("ntfy"),
                                refusing("Slack", Fault::unavailable)});
    EXPECT_THAT(notified.took, ElementsAre("ntfy"));
    ASSERT_THAT(notified.not_taken, SizeIs(2));
    EXPECT_EQ(notified.not_taken[0].channel, "mail");
    EXPECT_EQ(notified.not_taken[0].fault, Fault::unauthorized);
    EXPECT_EQ(notified.not_taken[0].sentence, "no room");
    EXPECT_EQ(notified.not_taken[1].fault, Fault::unavailable);
}

TEST_F(AMessage, GoesNowhereFromUnderAnotherEnvironment) {
    try {
        tell({taking("mail")}, "dev");
        ADD_FAILURE() << "it was sent";
    } catch (const Error& error) {
        EXPECT_EQ(error.fault(), Fault::conflict);
        EXPECT_THAT(error.what(), HasSubstr("dreams origin --claim"));
    }
    EXPECT_THAT(sent, IsEmpty());
}

TEST_F(AMessage, GoesNowhereFromARestoredFileUntilItIsClaimed) {
    store::mark_restored(db, db.path(), test::monday);
    EXPECT_THROW(tell({taking("mail")}), Error);
    EXPECT_THAT(sent, IsEmpty());
    store::claim(db, "prd", test::monday);
    EXPECT_THAT(tell({taking("mail")}).took, ElementsAre("mail"));
}

}  // namespace
}  // namespace dreams::jobs
