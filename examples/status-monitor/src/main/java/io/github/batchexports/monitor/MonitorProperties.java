package io.github.batchexports.monitor;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** How the monitor watches; application.properties has the values, and says what they do. */
@ConfigurationProperties("monitor")
record MonitorProperties(Duration interval, Duration heartbeat, Duration linger, int remembered) {}
