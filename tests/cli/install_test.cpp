// What runs DREAMS on a server: systemd's unit and a crontab, with this configuration's paths.

#include <gmock/gmock.h>

#include <filesystem>

#include "base/error.h"
#include "base/text.h"
#include "cli/program.h"
#include "cli/service_unit.h"

namespace dreams::cli {
namespace {

using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

/// The line of a unit that begins so; empty: there is none.
std::string line_of(const std::string& unit, const std::string& key) {
    const auto at = ("\n" + unit).find("\n" + key);
    return at == std::string::npos ? "" : unit.substr(at, unit.find('\n', at) - at);
}

bool passes_systemds_check(const std::string& unit_file) {
    return std::system(("systemd-analyze --man=no verify " + unit_file).c_str()) == 0;
}

TEST(ServiceUnit, OfThePackageIsTheFileInPackaging) {
    EXPECT_EQ(service_unit({}), test::read_file(DREAMS_ROOT "/packaging/dreams.service"));
}

TEST(ServiceUnit, HasThePathsOfAnotherInstallation) {
    const auto unit = service_unit({.program = "/opt/dreams",
                                    .options = {"--config", "/home/ana/dreams.toml"},
                                    .folder = "/home/ana/office",
                                    .backups = "/mnt/backups",
                                    .user = "ana",
                                    .group = "agents",
                                    .outside_homes = false});
    EXPECT_EQ(line_of(unit, "ExecStart="),
              "ExecStart=/opt/dreams --config /home/ana/dreams.toml serve");
    EXPECT_EQ(line_of(unit, "User="), "User=ana");
    EXPECT_EQ(line_of(unit, "Group="), "Group=agents");
    EXPECT_EQ(line_of(unit, "WorkingDirectory="), "WorkingDirectory=/home/ana/office");
    EXPECT_EQ(line_of(unit, "ReadWritePaths="), "ReadWritePaths=/home/ana/office /mnt/backups");
    EXPECT_EQ(line_of(unit, "ProtectHome="), "ProtectHome=read-only");
    EXPECT_EQ(line_of(unit, "StateDirectory"), "") << "systemd would make a folder in /var/lib";
    EXPECT_EQ(line_of(service_unit({.folder = "/var/lib/homes"}), "StateDirectory="),
              "StateDirectory=homes");
}

TEST(ServiceUnit, RefusesPathsThatSystemdReadsOtherwise) {
    for (const auto* path : {"/srv/my office", "/srv/100%", "/srv/$HOME", "/srv/a\"b", "/srv/a;b"})
        EXPECT_THROW(service_unit({.folder = path}), Error) << path;
    EXPECT_NO_THROW(service_unit({.folder = "/srv/büro"}));
}

TEST(Crontab, QuotesWhatTheShellAndCronReadOtherwise) {
    jobs::Scheduled score{.name = "score", .when = Cron("5 4 * * *")};
    EXPECT_THAT(
        crontab({.options = {"--database", "/srv/it's 5%.db"}}, {score}, "UTC"),
        EndsWith("\nCRON_TZ=UTC\n5 4 * * * cd /var/lib/dreams && /usr/bin/dreams --database "
                 "'/srv/it'\\''s 5\\%.db' --quiet run --once score\n"));
}

class Install : public testing::Test {
protected:
    Install() {
        test::write_file(program.folder.file("dreams.toml"),
                         "database = \"office.db\"\nzone = \"America/Denver\"\n"
                         "[fub]\napi_key = \"k\"\n[jobs]\nnotion = \"off\"\n");
    }
    test::Program program;
    const std::string here = std::filesystem::canonical(program.folder.path()).string();
    const std::string command = std::string(DREAMS_PROGRAM) + " --config " + here +
                                "/dreams.toml --database " + here + "/office.db";
};

TEST_F(Install, PrintsTheTimetableOfPrdForACron) {
    const auto ran = program.run({"install", "--crontab"}, {{"DREAMS_ENVIRONMENT", "prd"}});
    EXPECT_EQ(ran.status, 0);
    EXPECT_THAT(ran.err, HasSubstr("Only this shell has DREAMS_ENVIRONMENT: "));
    EXPECT_THAT(ran.out, HasSubstr("\nCRON_TZ=America/Denver\n"));
    EXPECT_THAT(ran.out, HasSubstr("\n0 11 * * * cd " + here + " && " + command +
                                   " --quiet run --once fub\n"));
    EXPECT_THAT(ran.out, HasSubstr("\n40 2 * * * cd " + here + " && " + command +
                                   " --quiet run --once backup\n"));
    EXPECT_THAT(ran.out, HasSubstr("\n# not notion: jobs.notion is off\n"));
    EXPECT_THAT(ran.out, HasSubstr("\n# not idx: your listing site is not set up (idx.url)\n"));
}

TEST_F(Install, LeavesFollowUpBossOutOfDevsTimetable) {
    const auto ran = program.run({"install", "--crontab"});
    EXPECT_THAT(ran.err, Not(HasSubstr("Only this shell")));
    EXPECT_THAT(
        ran.out,
        HasSubstr(
            "\n# not fub: it runs where the setting environment is prd, and here it is dev\n"));
    EXPECT_THAT(ran.out, Not(HasSubstr("run --once fub")));
}

TEST_F(Install, ReadsOffAndEnvironmentsInLargeLettersToo) {
    const auto ran = program.run({"install", "--crontab"}, {{"DREAMS_JOBS_SCORE", "OFF"},
                                                            {"DREAMS_JOBS_FUB", "Dev: 0 9 * * *"}});
    EXPECT_THAT(ran.out, HasSubstr("\n# not score: jobs.score is off\n"));
    EXPECT_THAT(ran.out, HasSubstr("\n0 9 * * * cd "));
}

TEST_F(Install, TheCrontabsLinesDoTheirJobs) {
    program.run({"init"});
    const auto lines = text::split(program.run({"install", "--crontab"}).out, '\n');
    int jobs = 0;
    for (const auto& line : lines) {
        const auto at = line.find(" * * * ");
        if (line.starts_with('#') || at == std::string::npos) continue;
        ++jobs;
        EXPECT_EQ(std::system(line.substr(at + 7).c_str()), 0) << line;
    }
    EXPECT_EQ(jobs, 3) << "score, match and backup";
    EXPECT_FALSE(std::filesystem::is_empty(program.folder.path() / "backups"));
}

TEST_F(Install, WritesTheUnitWithThisConfigurationsPaths) {
    const auto ran = program.run({"install", "--units", "."});
    EXPECT_EQ(ran.status, 0);
    EXPECT_THAT(ran.out, StartsWith("wrote " + here + "/dreams.service; next: systemctl "));
    const auto unit = test::read_file(here + "/dreams.service");
    EXPECT_EQ(line_of(unit, "ExecStart="), "ExecStart=" + command + " serve");
    EXPECT_EQ(line_of(unit, "ReadWritePaths="), "ReadWritePaths=" + here);
    if (std::system("command -v systemd-analyze >/dev/null") == 0) {
        EXPECT_TRUE(passes_systemds_check(here + "/dreams.service"));
    }
    EXPECT_EQ(program.run({"install", "--units", "nowhere"}).status, 1);
}

TEST_F(Install, LetsInTheHomesThatKeysLieIn) {
    if (::geteuid() != 0) GTEST_SKIP() << "only root may write to root's home";
    const auto protect_home = [&](const test::Variables& more) {
        const auto unit = test::text(program.run({"--json", "install"}, more).json().at("unit"));
        return line_of(unit, "ProtectHome=");
    };
    if (protect_home({}) != "ProtectHome=yes") GTEST_SKIP() << "the program lies in a home";
    EXPECT_EQ(protect_home({{"DREAMS_BACKUP_SSH_CONFIG", "/home/ana/.ssh/config"}}),
              "ProtectHome=read-only");
    const std::string home = "/root/dreams-install-test." + std::to_string(::getpid());
    test::write_file(home, "fka_1");
    EXPECT_EQ(protect_home({{"DREAMS_FUB_API_KEY_FILE", home}}), "ProtectHome=read-only");
    std::filesystem::remove(home);
}

TEST_F(Install, SaysWhatTheServiceWouldNotSee) {
    const auto ran = program.run({"install", "--units", "."});
    EXPECT_EQ(ran.err.find("The service would not see ") != std::string::npos,
              here.starts_with("/tmp/") || here.starts_with("/var/tmp/") ||
                  std::string(DREAMS_PROGRAM).starts_with("/tmp/"));
    EXPECT_EQ(ran.status, 0);
}

TEST_F(Install, SaysBothWaysAndDoesNothing) {
    const auto ran = program.run({"install"});
    EXPECT_EQ(ran.status, 0);
    EXPECT_THAT(ran.out, AllOf(StartsWith("Nothing was done."), HasSubstr("\n[Service]\n"),
                               HasSubstr("\nCRON_TZ=America/Denver\n")));
    const auto json = program.run({"--json", "install"}).json();
    EXPECT_THAT(test::text(json.at("unit")), HasSubstr("Type=notify"));
    EXPECT_THAT(test::text(json.at("crontab")), HasSubstr("CRON_TZ="));
    EXPECT_FALSE(std::filesystem::exists(here + "/dreams.service"));
}

TEST_F(Install, NamesTheOwnerOfTheFile) {
    if (::geteuid() != 0) GTEST_SKIP() << "only root gives files away";
    EXPECT_THAT(program.run({"install", "--units", "."}).err, HasSubstr(" belongs to root"));
    program.run({"init"});
    ASSERT_EQ(::chown((here + "/office.db").c_str(), 65534, 65534), 0);
    EXPECT_THAT(program.run({"install", "--units", "."}).err, Not(HasSubstr("root")));
    EXPECT_EQ(line_of(test::read_file(here + "/dreams.service"), "User="), "User=nobody");
}

}  // namespace
}  // namespace dreams::cli
