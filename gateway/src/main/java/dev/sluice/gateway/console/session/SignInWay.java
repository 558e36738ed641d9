package dev.sluice.gateway.console.session;

/**
 * Another way to sign in than by secrets.
 *
 * @param name of who is asked, for people
 * @param path where it begins
 */
public record SignInWay(String name, String path) {}
