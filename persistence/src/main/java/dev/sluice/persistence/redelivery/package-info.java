/**
 * Orders to send many events again, and which events they are about.
 *
 * <p>A job holds its place in the list of events in the database: whoever claims it goes on from there, and only who still
 * holds the claim can move it. A portion that is done twice makes nothing owed twice.
 */
@NullMarked
package dev.sluice.persistence.redelivery;

import org.jspecify.annotations.NullMarked;
