// Who may be called: the one rule that lists, pages and mails ask.

#include "model/call_rules.h"

#include <gtest/gtest.h>

namespace dreams {
namespace {

TEST(CallRules, BarWhoMustNotBeCalled) {
    EXPECT_EQ(barred_from_calls("Trash", "[]", true), "trash");
    EXPECT_EQ(barred_from_calls("Agents/Vendors/Lendors", "", true), "vendor");
    EXPECT_EQ(barred_from_calls("Lead", R"(["VIP","Do Not Call"])", true), "do not call");
    EXPECT_EQ(barred_from_calls("Lead", R"(["DNC"])", true), "do not call");
    EXPECT_EQ(barred_from_calls("Lead", R"(["dnc list checked"])", true), std::nullopt);
    EXPECT_EQ(barred_from_calls("Lead", "", false), "bad phone");
    EXPECT_EQ(barred_from_calls("Hot Prospect", R"(["Investor"])", true), std::nullopt);
}

TEST(CallRules, DoNotCallGoesBeforeWhateverElseKeepsThemOffTheList) {
    EXPECT_EQ(barred_from_calls("Closed", R"(["DNC"])", true), "do not call");
    EXPECT_EQ(barred_from_calls("Trash", R"(["Do Not Contact"])", false), "do not call");
    EXPECT_EQ(barred_from_calls("Closed", "", false), "closed");
}

TEST(CallRules, NobodyIsLedToRingWhoSaidNoOrHasNoNumberThatWorks) {
    EXPECT_EQ(no_call("Do Not Call", "", true), NoCall::do_not_call);
    EXPECT_EQ(no_call("Closed", R"(["opt-out"])", true), NoCall::do_not_call);
    EXPECT_EQ(no_call("Agents/Vendors/Lendors", "", false), NoCall::bad_number);
    EXPECT_EQ(no_call("Closed", "", true), std::nullopt);
}

TEST(CallRules, NobodyIsLedToWriteToWhoWantsNoEMail) {
    EXPECT_TRUE(no_mail("Lead", R"(["VIP","Do not e-mail"])"));
    EXPECT_TRUE(no_mail("Do Not Contact", ""));
    EXPECT_TRUE(no_mail("Lead", R"(["Opt Out"])"));
    EXPECT_FALSE(no_mail("Do Not Call", R"(["DNC"])"));
}

}  // namespace
}  // namespace dreams
