package dev.sluice.gateway.telemetry;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How closely the database is watched.
 *
 * @param backlogEvery how often it is asked how much is owed
 */
@ConfigurationProperties("sluice.telemetry")
record TelemetrySettings(@DefaultValue("10s") Duration backlogEvery) {}
