// Loaded into n8n before anything else. n8n has a channel to the process that started it; when that
// process is gone, however it ended, the channel closes and n8n shuts down as on Ctrl-C.
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
process.channel?.unref();
