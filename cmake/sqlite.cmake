# SQLite from npm's better-sqlite3: Debian 12 ships 3.40.1, inside the range (3.7.0-3.51.2) of the
# WAL-reset corruption bug. `npm ci --ignore-scripts` (scripts/build does it) brings the amalgamation.
set(SQLITE_DIR ${CMAKE_SOURCE_DIR}/node_modules/better-sqlite3/deps/sqlite3)
if(NOT EXISTS ${SQLITE_DIR}/sqlite3.c)
    message(FATAL_ERROR "SQLite's source is not there yet: run scripts/build, or npm ci --ignore-scripts")
endif()
add_library(sqlite3_bundled STATIC ${SQLITE_DIR}/sqlite3.c)
target_include_directories(sqlite3_bundled SYSTEM PUBLIC ${SQLITE_DIR})
# Optimizing takes a minute, and the fuzzed readers never come to it. (The thread sanitizer wants it:
# else it takes copies of the wal-index's header, which SQLite checks by itself, for races.)
if(DREAMS_FUZZ)
    set(SQLITE_OPTIMIZED -O0)
else()
    set(SQLITE_OPTIMIZED -O2)
endif()
target_compile_options(sqlite3_bundled PRIVATE -w ${SQLITE_OPTIMIZED} -fno-sanitize=undefined)
target_compile_definitions(sqlite3_bundled PRIVATE
    SQLITE_DQS=0 SQLITE_THREADSAFE=2 SQLITE_DEFAULT_MEMSTATUS=0 SQLITE_OMIT_DEPRECATED
    SQLITE_DEFAULT_WAL_SYNCHRONOUS=1 SQLITE_LIKE_DOESNT_MATCH_BLOBS SQLITE_USE_ALLOCA
    SQLITE_ENABLE_FTS5 SQLITE_ENABLE_SESSION SQLITE_ENABLE_PREUPDATE_HOOK SQLITE_ENABLE_SNAPSHOT
    SQLITE_ENABLE_COLUMN_METADATA SQLITE_ENABLE_DBSTAT_VTAB SQLITE_ENABLE_STAT4
    SQLITE_MAX_EXPR_DEPTH=1000)
target_link_libraries(sqlite3_bundled PUBLIC ${CMAKE_DL_LIBS} Threads::Threads)
