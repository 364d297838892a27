#include "config/settings.h"

#include <gmock/gmock.h>

#include "base/error.h"
#include "support/folder.h"

namespace dreams::config {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pair;

using Variables = std::map<std::string, std::string>;

/// An environment that holds these and nothing else.
Environment environment(const Variables& variables = {}) {
    Environment environment{.get = [variables](const std::string& name) {
        const auto found = variables.find(name);
        return found == variables.end() ? std::nullopt : std::optional(found->second);
    }};
    for (const auto& [name, value] : variables) environment.names.push_back(name);
    return environment;
}

/// Settings from a dreams.toml with this text.
Settings from_toml(const std::string& toml, const Variables& variables = {}) {
    const test::Folder folder;
    test::write_file(folder.file("dreams.toml"), toml);
    return Settings::load(folder.file("dreams.toml"), environment(variables));
}

/// The sentence with which that is refused, from the file's name on.
std::string refusal(const std::string& toml, const Variables& variables = {}) {
    try {
        from_toml(toml, variables);
    } catch (const Error& error) {
        const std::string sentence = error.what();
        const auto name = sentence.find("dreams.toml");
        return name == std::string::npos ? sentence : sentence.substr(name);
    }
    return "it was accepted";
}

const Settings::Entry& entry(const Settings& settings, std::string_view key) {
    for (const auto& each : settings.entries())
        if (each.setting->key == key) return each;
    throw std::runtime_error("no entry");
}

TEST(Settings, AreTheirDefaultsWhereNothingIsSaid) {
    const auto settings = from_toml("");
    EXPECT_EQ(settings.text("database"), "dreams.db");
    EXPECT_EQ(settings.text("web.listen"), "127.0.0.1:8484");
    EXPECT_EQ(settings.text("zone"), "America/New_York");
    EXPECT_EQ(settings.instant("now"), std::nullopt);
    for (const auto& each : settings.entries()) EXPECT_EQ(each.source, "default");
}

TEST(Settings, ComeFromTheFileThenTheEnvironmentThenTheCommandLine) {
    const std::string toml = "database = 'a.db'\n[fub]\nurl = 'http://a'\nsystem = 'A'\n";
    auto settings = from_toml(toml, {{"DREAMS_DATABASE", "b.db"}, {"DREAMS_FUB_URL", "http://b"}});
    settings.set("database", "c.db", "--database");
    EXPECT_EQ(settings.text("database"), "c.db");
    EXPECT_EQ(entry(settings, "database").source, "--database");
    EXPECT_EQ(settings.text("fub.url"), "http://b");
    EXPECT_EQ(entry(settings, "fub.url").source, "DREAMS_FUB_URL");
    EXPECT_EQ(settings.text("fub.system"), "A");
    EXPECT_THAT(entry(settings, "fub.system").source, HasSubstr("dreams.toml"));
}

TEST(Settings, TakeEachKindInTheFile) {
    const auto settings = from_toml(R"(now = 2026-01-19T16:00:00Z
        [fub]
        event_types = { "Viewed Page" = "website_visit", "Pocket Listing" = "property_view" }
        [idx]
        pace = 2.5
        [fetch]
        allow_hosts = ["a.example", "b.example"])");
    EXPECT_EQ(to_text(settings.instant("now").value()), "2026-01-19T16:00:00Z");
    EXPECT_THAT(
        settings.words("fub.event_types"),
        ElementsAre(Pair("Pocket Listing", "property_view"), Pair("Viewed Page", "website_visit")));
    EXPECT_EQ(settings.text("idx.pace"), "2.5");
    EXPECT_EQ(settings.text("fetch.allow_hosts"), "a.example, b.example");
}

TEST(Settings, TakeATableAsASectionOfItsOwn) {
    const auto settings = from_toml("[fub.event_types]\n'Viewed Page' = 'website_visit'\n");
    EXPECT_THAT(settings.words("fub.event_types"),
                ElementsAre(Pair("Viewed Page", "website_visit")));
}

TEST(Settings, TakePairsFromTheEnvironment) {
    const auto settings = from_toml(
        "", {{"DREAMS_FUB_EVENT_TYPES", "Viewed Page=website_visit, Tour = property_view"}});
    EXPECT_THAT(settings.words("fub.event_types"),
                ElementsAre(Pair("Tour", "property_view"), Pair("Viewed Page", "website_visit")));
}

TEST(Settings, RefuseUnknownKeysWithTheNearestName) {
    EXPECT_EQ(refusal("databse = 'x'"),
              "dreams.toml, line 1: there is no setting databse; did you mean database?");
    EXPECT_EQ(refusal("[fub]\napi_kee = 'x'"),
              "dreams.toml, line 2: there is no setting fub.api_kee; did you mean fub.api_key?");
    EXPECT_EQ(refusal("[fub]\napi_key_fil = 'x'"),
              "dreams.toml, line 2: there is no setting fub.api_key_fil; did you mean "
              "fub.api_key_file?");
    EXPECT_EQ(refusal("[nonsense]\nwhatever = 1"),
              "dreams.toml, line 2: there is no setting nonsense.whatever; `dreams config` lists "
              "them");
    EXPECT_THAT(refusal("[fub]\nurl_file = 'x'"), HasSubstr("there is no setting fub.url_file"));
}

TEST(Settings, RefuseUnknownVariables) {
    EXPECT_EQ(refusal("", {{"DREAMS_DATABAS", "x"}}),
              "the environment: there is no setting DREAMS_DATABAS; did you mean DREAMS_DATABASE?");
    EXPECT_THAT(refusal("", {{"DREAMS_", "x"}}), HasSubstr("there is no setting DREAMS_"));
    EXPECT_EQ(refusal("", {{"DREAM", "x"}, {"PATH", "y"}}), "it was accepted");
}

TEST(Settings, NameTheLineOfAWrongType) {
    EXPECT_EQ(refusal("\ndatabase = 3"), "dreams.toml, line 2: database must be a text");
    EXPECT_THAT(refusal("\nthis is no setting"),
                HasSubstr("dreams.toml, line 2: this cannot be read as a setting, as zone = "
                          "'America/New_York' is one"));
    EXPECT_EQ(refusal("database = ['a']"), "dreams.toml, line 1: database must be a text");
    EXPECT_EQ(refusal("[idx]\npace = 'fast'"),
              "dreams.toml, line 2: idx.pace must be a number from 0 to 1000000");
    EXPECT_EQ(refusal("[fetch]\nallow_hosts = [1]"),
              "dreams.toml, line 2: fetch.allow_hosts must be a list of texts");
    EXPECT_THAT(refusal("[fub]\nevent_types = { a = 1 }"), HasSubstr("line 2: fub.event_types"));
    EXPECT_EQ(refusal("fub = 3"),
              "dreams.toml, line 1: there is no setting fub; `dreams config` "
              "lists them");
}

TEST(Settings, RefuseValuesThatCannotBe) {
    EXPECT_EQ(refusal("zone = 'Asheville'"),
              "dreams.toml, line 1: zone cannot be 'Asheville'; it must be a time zone, like "
              "America/New_York");
    EXPECT_THAT(refusal("now = 2026-01-19"), HasSubstr("now must be an instant"));
    EXPECT_THAT(refusal("", {{"DREAMS_NOW", "noon"}}),
                HasSubstr("DREAMS_NOW: now cannot be 'noon'"));
    EXPECT_EQ(refusal("environment = 'prod'"),
              "dreams.toml, line 1: environment is dev or prd, not 'prod'");
    EXPECT_THAT(refusal("", {{"DREAMS_FUB_EVENT_TYPES", "a=b, c"}}), HasSubstr("type=word"));
    EXPECT_THAT(refusal("", {{"DREAMS_IDX_PACE", "fast"}}), HasSubstr("must be a number"));
}

TEST(Settings, RefuseNumbersThatAreNoneOrMoreThanAnybodyMeans) {
    EXPECT_EQ(refusal("", {{"DREAMS_BACKUP_DAILY", ""}}),
              "DREAMS_BACKUP_DAILY: backup.daily cannot be ''; it must be a whole number from 0 to "
              "1000000");
    EXPECT_THAT(refusal("", {{"DREAMS_IDX_PACE", ""}}), HasSubstr("must be a number"));
    for (const char* wrong : {"2.7", "-1", "1e30", "nan"}) {
        EXPECT_THAT(refusal("", {{"DREAMS_WATCH_HOMES", wrong}}), HasSubstr("a whole number"));
        EXPECT_THAT(refusal(std::string("[backup]\ndaily = ") + wrong), HasSubstr("backup.daily"));
    }
    EXPECT_THAT(refusal("", {{"DREAMS_IDX_PACE", "1e30"}}), HasSubstr("from 0 to 1000000"));
    EXPECT_EQ(from_toml("[backup]\ndaily = 0").count("backup.daily"), 0);
    EXPECT_EQ(from_toml("").count("backup.daily"), 7);
    EXPECT_EQ(from_toml("[idx]\npace = 2.5").number("idx.pace"), 2.5);
    EXPECT_THROW(from_toml("").number("database"), Error);
    EXPECT_THROW(from_toml("").count("idx.pace"), Error);
}

TEST(Settings, NameTheLineOfABrokenFile) {
    EXPECT_THAT(refusal("a = 1\nb = = 2"), HasSubstr("dreams.toml, line 2: "));
}

TEST(Settings, SayThatANamedFileIsNotThere) {
    try {
        Settings::load("/nowhere/dreams.toml", environment());
        FAIL() << "it was accepted";
    } catch (const Error& error) {
        EXPECT_EQ(error.fault(), Fault::not_found);
        EXPECT_STREQ(error.what(), "there is no settings file /nowhere/dreams.toml");
    }
}

TEST(Settings, SayThatAFileCannotBeRead) {
    const test::Folder folder;
    try {
        Settings::load(folder.path().string(), environment());
        FAIL() << "it was accepted";
    } catch (const Error& error) {
        EXPECT_EQ(error.fault(), Fault::unavailable);
        EXPECT_THAT(error.what(), HasSubstr("cannot be read"));
    }
}

TEST(Settings, ReadWhereMailGoesAndRefuseWhatMailDoesNotKnow) {
    const auto settings = from_toml(
        "[mail]\nurl = 'smtp://mail.example.com'\n"
        "to = ['ana@example.com', 'ben@example.com']",
        {{"DREAMS_NOTIFY_QUIET_HOURS", "21-7"}});
    EXPECT_EQ(settings.text("mail.url"), "smtp://mail.example.com");
    EXPECT_THAT(settings.list("mail.to"), ElementsAre("ana@example.com", "ben@example.com"));
    EXPECT_EQ(settings.text("notify.quiet_hours"), "21-7");
    EXPECT_THAT(refusal("[mail]\nhost = 'x'"), HasSubstr("there is no setting mail.host"));
}

TEST(Settings, ReadASecretFromItsFile) {
    const test::Folder folder;
    test::write_file(folder.file("key"), "  fka_secret \nmore\n");
    const std::string toml = "[fub]\napi_key_file = '" + folder.file("key") + "'\n";
    EXPECT_EQ(from_toml(toml).text("fub.api_key"), "fka_secret");
    EXPECT_EQ(entry(from_toml(toml), "fub.api_key").source, folder.file("key"));
    EXPECT_EQ(from_toml(toml + "api_key = 'itself'").text("fub.api_key"), "itself");
    EXPECT_EQ(
        from_toml("[fub]\napi_key = 'itself'", {{"DREAMS_FUB_API_KEY_FILE", folder.file("key")}})
            .text("fub.api_key"),
        "fka_secret");
    EXPECT_EQ(from_toml(toml, {{"DREAMS_FUB_API_KEY", "from outside"}}).text("fub.api_key"),
              "from outside");
    EXPECT_EQ(refusal("[fub]\napi_key_file = '/nowhere/key'"),
              "fub.api_key_file names /nowhere/key, which cannot be read");
}

TEST(Settings, MaskSecrets) {
    EXPECT_EQ(masked(""), "");
    EXPECT_EQ(masked("short"), "••••");
    EXPECT_EQ(masked("fka_0123456789abcd"), "••••abcd");
}

TEST(Settings, TellOfKeyFilesThatCannotBeReadWhereThatIsAsked) {
    const auto variables = environment({{"DREAMS_FUB_API_KEY_FILE", "/nowhere/key"}});
    EXPECT_THROW(Settings::load("", variables), Error);
    const auto settings = Settings::load("", variables, SecretFiles::looked_at);
    EXPECT_EQ(settings.text("fub.api_key"), "");
    EXPECT_THAT(settings.secret_files(), ElementsAre(Pair("fub.api_key", "/nowhere/key")));
    EXPECT_THAT(settings.unread(), ElementsAre(HasSubstr("/nowhere/key, which cannot be read")));
}

/// Somebody who is in a folder of their own for a while.
class InFolder {
public:
    InFolder() : before_(std::filesystem::current_path()) {
        std::filesystem::current_path(folder_.path());
    }
    ~InFolder() { std::filesystem::current_path(before_); }
    InFolder(const InFolder&) = delete;
    InFolder& operator=(const InFolder&) = delete;

private:
    test::Folder folder_;
    std::filesystem::path before_;
};

TEST(Settings, OfTheFileLeadFromItsFolderWhereverSomebodyIs) {
    const InFolder elsewhere;
    const test::Folder folder;
    test::write_file(folder.file("key"), "fka_1\n");
    test::write_file(folder.file("dreams.toml"),
                     "database = \"office.db\"\n[fub]\napi_key_file = \"key\"\n"
                     "[backup]\nfolder = \"copies\"\n");
    auto settings = Settings::load(folder.file("dreams.toml"), environment());
    settings.settle_paths();
    EXPECT_EQ(settings.text("database"), folder.file("office.db"));
    EXPECT_EQ(settings.text("fub.api_key"), "fka_1");
    EXPECT_EQ(settings.text("backup.folder"), folder.file("copies"));
    test::write_file("office.db", "another");
    EXPECT_EQ(Settings::load(folder.file("dreams.toml"), environment()).text("database"),
              "office.db")
        << "as long as there is none beside the settings";
}

TEST(Settings, HaveTheBackupsBesideTheDatabase) {
    const InFolder elsewhere;
    const auto backups = [](const std::string& database, const Variables& variables = {}) {
        auto settings = from_toml("", variables);
        settings.set("database", database, "--database");
        settings.settle_paths();
        return settings.text("backup.folder");
    };
    EXPECT_EQ(backups("dreams.db"), "backups");
    EXPECT_EQ(backups("./dreams.db"), "backups") << "said as it was written";
    EXPECT_EQ(backups("/srv/dreams.db"), "/srv/backups");
    EXPECT_EQ(backups("/srv/dreams.db", {{"DREAMS_BACKUP_FOLDER", "b"}}), "/srv/b");
    EXPECT_EQ(backups("/srv/dreams.db", {{"DREAMS_BACKUP_FOLDER", "/b"}}), "/b");
    EXPECT_EQ(backups("/srv/dreams.db", {{"DREAMS_BACKUP_FOLDER", "ssh://a/b"}}), "ssh://a/b");
    std::filesystem::create_directory("backups");
    EXPECT_EQ(backups("/srv/dreams.db"), "/srv/backups") << "nothing of ours is here";
    test::write_file("backups/dreams-dev-20260119T160000Z.db.zst", "");
    EXPECT_EQ(backups("/srv/dreams.db"), "backups") << "an earlier program put them here";
}

}  // namespace
}  // namespace dreams::config
