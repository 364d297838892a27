#include "config/settings.h"

namespace dreams::config {

const std::vector<Setting>& all_settings() {
    using enum Kind;
    static const std::vector<Setting> all{
        {"database", path, "dreams.db", "path", "The file that holds everything."},
        {"environment", text, "dev", "dev or prd", "Which of the two copies this is."},
        {"zone", zone, "America/New_York", "IANA name",
         "The office's time zone: its days and hours."},
        {"now", instant, "", "instant, UTC",
         "A fixed clock, for runs that can be repeated; shown on every page."},
        {"fub.url", text, "https://api.followupboss.com/v1", "URL",
         "Where Follow Up Boss answers."},
        {"fub.api_key", secret, "", "", "Your key, from Follow Up Boss, Admin, API."},
        {"fub.system", text, "", "",
         "The name this installation is registered under with Follow Up Boss."},
        {"fub.system_key", secret, "", "",
         "The key of that registration; it doubles what may be asked."},
        {"fub.event_types", words, "", "type=word, …",
         "What a Follow Up Boss event type is kept as, where your office wants it otherwise."},
        {"fub.people_url", text, "", "URL",
         "What a person's number is put behind to open them in Follow Up Boss: "
         "https://yourteam.followupboss.com/2/people/view/"},
        {"web.listen", text, "127.0.0.1:8484", "address:port",
         "Where the dashboard answers; this machine only, until there are logins."},
        {"web.api_key", secret, "", "",
         "What X-API-Key must hold under /api/; not set: only this machine's own programs and "
         "pages may ask."},
        {"web.public_url", text, "", "URL",
         "What the dashboard is called from outside, through a proxy that asks for a login."},
        {"web.proxy_secret", secret, "", "32 characters or more",
         "What that proxy proves itself with, as X-Dreams-Proxy; not set: nothing comes in through "
         "one."},
        {"web.allowed_origins", list, "", "origins",
         "Whose pages may read the API's answers: chrome-extension:// and the extension's id."},

        {"idx.url", text, "", "URL", "Your team's public listing site."},
        {"idx.pace", number, "5", "seconds",
         "Between two requests to that site; less than 5 only on this machine."},
        {"idx.numbers", count, "200", "MLS numbers", "How many a run asks for at most."},
        {"watch.homes", count, "50", "homes",
         "How many watched homes a run looks at, at most: those with most people first."},
        {"fetch.allow_hosts", list, "", "hosts",
         "Further sites that may be read automatically: those that yours sends on to. Each as "
         "`host = who gave permission and when`, without commas."},
        {"fetch.contact", text, "", "e-mail or URL",
         "Whom the owner of such a site can turn to; told with each request."},
        {"reso.url", text, "", "URL",
         "Your MLS's RESO Web API, https://api.mlsgrid.com/v2 for example, up to where /Property "
         "follows."},
        {"reso.token", secret, "", "", "Its bearer token, if it gave you one that lasts."},
        {"reso.client_id", text, "", "", "Else your client id there."},
        {"reso.client_secret", secret, "", "", "And its secret."},
        {"reso.token_url", text, "", "URL", "Where tokens are given out for these two."},
        {"reso.system", text, "", "",
         "The originating system's exact name, as your licence has it; several: commas between."},
        {"reso.service", text, "", "",
         "mlsgrid, bridge, trestle or other; not set: told from the address."},
        {"jobs.fub", text, "prd: 0 11 * * *", "schedule",
         "When Follow Up Boss is read: as cron has it; `off`, or `prd:` and `dev:` before it for "
         "one of the two alone."},
        {"jobs.listings", text, "15 */4 * * *", "schedule", "When your MLS's feed is read."},
        {"jobs.idx", text, "30 6,18 * * *", "schedule", "When your listing site is asked."},
        {"jobs.notion", text, "*/30 * * * *", "schedule", "When Notion and the file are compared."},
        {"jobs.watch", text, "50 6,12,18 * * *", "schedule",
         "When watched homes are looked at, and what changed is told."},
        {"jobs.brief", text, "prd: 30 6 * * *", "schedule", "When the morning page is sent."},
        {"jobs.score", text, "5 4 * * *", "schedule",
         "When everyone is rescored, whether or not anything came in."},
        {"jobs.match", text, "20 4 * * *", "schedule", "When homes are sought for buyers."},
        {"jobs.backup", text, "40 2 * * *", "schedule", "When the file is backed up."},
        {"jobs.jitter", count, "120", "seconds",
         "Up to so much later a job begins, so that not everybody asks at once."},

        {"notion.url", text, "https://api.notion.com/v1", "URL", "Where Notion answers."},
        {"notion.token", secret, "", "", "Your integration's token; not set: no Notion."},
        {"notion.data_source", text, "", "id or URL",
         "The properties database, as its address in Notion says it."},
        {"notion.version", text, "2025-09-03", "date",
         "The version of Notion's API that is spoken."},
        {"backup.folder", path, "backups", "path or ssh://",
         "Where backups go; best on another disk, or on another machine: ssh://user@host/path."},
        {"backup.ssh_config", path, "", "path",
         "What ssh reads on its way there; not set: its own configuration."},
        {"backup.key", secret, "", "64 hex digits",
         "What they are encrypted with; not set: they are not. `dreams backup --new-key FILE`."},
        {"backup.daily", count, "7", "backups", "Kept: the newest of so many days."},
        {"backup.weekly", count, "5", "backups", "And of so many weeks."},
        {"backup.monthly", count, "12", "backups", "And of so many months."},

        {"mail.url", text, "", "URL",
         "Your mail server: smtp://smtp.example.com (587, STARTTLS) or smtps:// (465); not set: no "
         "mail."},
        {"mail.user", text, "", "", "Who logs in there; not set: nobody does."},
        {"mail.password", secret, "", "", "And with what; many providers want an app password."},
        {"mail.from", text, "", "address",
         "Whom mail comes from: dreams@example.com, or DREAMS <dreams@example.com>."},
        {"mail.to", list, "", "addresses", "Who in your office gets it."},
        {"notify.ntfy_url", secret, "", "URL",
         "A topic at an ntfy server, https://ntfy.sh/TOPIC; who knows the topic reads along."},
        {"notify.ntfy_token", secret, "", "",
         "An access token of that server, if the topic wants one."},
        {"notify.slack_url", secret, "", "URL",
         "An incoming webhook of Slack; whoever has it may write there."},
        {"notify.quiet_hours", text, "", "hours",
         "When phones are left alone, by the office's clock: 21-7 is from nine in the evening to "
         "seven."},
    };
    return all;
}

}  // namespace dreams::config
