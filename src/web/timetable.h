#pragma once

#include "base/serve.h"
#include "web/request.h"

namespace dreams::web {

/// `GET /timetable`: the jobs that run by the clock: when they are due next, by the office's clock,
/// what came of them last, whether that was made up, and which program is at it now.
http::Response get_timetable(Request& request);

/// `POST /timetable/{job}/run`: the job is due now; the program that holds the timetable does it.
/// 404: there is no such job; 409: it is off.
http::Response post_run_job(Request& request);

}  // namespace dreams::web
