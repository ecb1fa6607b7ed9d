"""Jobs whose worker died under them are done again. Every job may run twice, so no harm."""

import structlog
from procrastinate import JobContext
from procrastinate.contrib.django import app

from flsf.core import clock

# Three missed heartbeats of ten seconds.
SECONDS_WITHOUT_HEARTBEAT = 30

log = structlog.get_logger("flsf.jobs")


@app.periodic(cron="* * * * *")
@app.task(name="retry-stalled", queueing_lock="retry-stalled", pass_context=True)
async def retry_stalled(context: JobContext, timestamp: int) -> None:
    """What a killed worker left unfinished is waiting to be done again."""
    manager = context.app.job_manager
    found = await manager.get_stalled_jobs(seconds_since_heartbeat=SECONDS_WITHOUT_HEARTBEAT)
    for job in found:
        await manager.retry_job(job, retry_at=clock.now())
        log.warning("job-retried", task=job.task_name, job_id=job.id)
