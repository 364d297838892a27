#pragma once

#include <array>
#include <cstdint>
#include <string_view>

// Raw material: names, places and sentences, all invented or common.

namespace dreams::sim::words {

/// A place of the town's valley; `level` is its price level in per cent.
struct Place {
    std::string_view city, county, code;
    std::int64_t lat_e6, lng_e6;
    int level;
};

inline constexpr std::array<Place, 8> places{{
    {"Waynesville", "Haywood", "28786", 35488700, -82988700, 105},
    {"Maggie Valley", "Haywood", "28751", 35518200, -83097600, 110},
    {"Canton", "Haywood", "28716", 35532900, -82837300, 80},
    {"Sylva", "Jackson", "28779", 35373700, -83226000, 95},
    {"Cullowhee", "Jackson", "28723", 35313700, -83176500, 90},
    {"Bryson City", "Swain", "28713", 35431400, -83447100, 92},
    {"Franklin", "Macon", "28734", 35182300, -83381500, 85},
    {"Highlands", "Macon", "28741", 35052600, -83196800, 190},
}};

inline constexpr std::array<std::string_view, 24> roads{
    "Balsam Ridge Rd",  "Laurel Fork Ln", "Rhododendron Way", "Deer Run",
    "Cataloochee Trl",  "Plott Creek Rd", "Fern Hollow Dr",   "Old Mill St",
    "Church St",        "Depot St",       "Eagles Nest Rd",   "Hemlock Loop",
    "Sourwood Ct",      "Trillium Ln",    "Blue Ridge Ave",   "Jonathan Creek Rd",
    "Cold Mountain Rd", "Tuckasegee Dr",  "Panther Cove",     "Wildcat Cliffs Rd",
    "Nantahala View",   "Cowee Creek Rd", "Main St",          "Bear Paw Pt"};

inline constexpr std::array<std::string_view, 48> first_names{
    "Ada",     "Ben",    "Carla",   "Deshawn", "Elena",  "Farid",  "Grace",  "Hiro",
    "Imani",   "José",   "Katya",   "Liam",    "Mei",    "Nikhil", "Olivia", "Pedro",
    "Quinn",   "Renée",  "Samuel",  "Thuy",    "Uma",    "Victor", "Wanda",  "Ximena",
    "Yusuf",   "Zoë",    "Amara",   "Bo",      "Chiara", "Dmitri", "Esther", "François",
    "Gunnar",  "Hannah", "Ignacio", "Jasmine", "Kwame",  "Lucia",  "Marek",  "Noor",
    "Øystein", "Priya",  "Rosa",    "Søren",   "Tomás",  "Ulrike", "Vivian", "Wei"};

inline constexpr std::array<std::string_view, 48> last_names{
    "Abbott",     "Baker",       "Castillo", "Dubois",       "Ellison",   "Fischer",   "García",
    "Hughes",     "Ibrahim",     "Jackson",  "Kowalski",     "Lindqvist", "McCall",    "Nguyen",
    "O'Connor",   "Patel",       "Queen",    "Rathbone",     "Sutton",    "Tanaka",    "Underwood",
    "Vasquez",    "Whitfield",   "Xu",       "Young",        "Zimmerman", "Arrington", "Bryson",
    "Crisp",      "Dávila",      "Ensley",   "Frady",        "Gibson",    "Henson",    "Israel",
    "Jónsdóttir", "Kirkpatrick", "Ledford",  "Messer",       "Núñez",     "Okafor",    "Parton",
    "Rogers",     "St. John",    "Trantham", "van der Berg", "Wall",      "Yılmaz"};

inline constexpr std::array<std::string_view, 12> home_types{
    "Single Family", "Single Family", "Single Family", "Single Family", "Cabin", "Cabin",
    "Condo",         "Townhouse",     "Land",          "Manufactured",  "Farm",  "Single Family"};

inline constexpr std::array<std::string_view, 10> texts_out{
    "Hi! A new home came up that made me think of you.",
    "Are you free for a look around this weekend?",
    "Following up on the cabin you liked.",
    "The seller has come down a bit. Want to see it?",
    "Just checking in 🙂 How is the search going?",
    "I can do Thursday at 4 or Friday morning.",
    "Sending the disclosures now.",
    "The road up there is steep but paved.",
    "Happy to answer any questions about the area.",
    "Did the list I sent fit better?"};

inline constexpr std::array<std::string_view, 10> texts_in{
    "Yes, Saturday works",
    "Is it still available?",
    "We love the view 😍",
    "Too steep for us, sorry",
    "Can you send more like the second one?",
    "Who is this?",
    "What are taxes like there?",
    "ok thanks",
    "We talked to the bank, all good up to 450",
    "Not right now, maybe in spring"};

inline constexpr std::array<std::string_view, 8> subjects{
    "Homes you may like",      "Your search in the mountains",
    "That cabin on the ridge", "Showing on Saturday",
    "Question about the well", "Price change",
    "Papers to look at",       "Next steps"};

inline constexpr std::array<std::string_view, 8> inquiries{
    "Tell me more about this home",    "Is this still available?",
    "Can we see it this weekend?",     "What is the HOA fee?",
    "How is the internet up there?",   "I would like to talk to an agent",
    "Does it have a year-round view?", "Is there room for horses?"};

inline constexpr std::array<std::string_view, 6> notes{
    "Called back, wants a bigger lot.",
    "Pre-approved with the local bank.",
    "Met at the open house; friendly, in no hurry.",
    "Looks for a cabin with a creek.",
    "Has a house to sell first.",
    "Prefers texts over calls."};

inline constexpr std::array<std::string_view, 7> tags{
    "Investor", "Cabin", "Second Home", "Relocating", "Land", "First Time Buyer", "Open House"};

}  // namespace dreams::sim::words
