package dev.sluice.normalizers.github;

import dev.sluice.normalizers.Owner;
import dev.sluice.normalizers.OwnerKey;
import dev.sluice.normalizers.body.Outline;
import java.util.List;

/** Whose webhook it is: by repository, or by organization alone where an event is of no repository. */
final class GitHubOwners {
    static final String ORGANIZATION = "github.organization";
    static final String REPOSITORY = "github.repository";

    static final List<List<String>> SETTINGS = List.of(List.of(REPOSITORY, ORGANIZATION), List.of(ORGANIZATION));

    private GitHubOwners() {}

    /** A repository's instances may be set up with its name or with its full name. */
    static List<Owner> of(Outline body) {
        String fullName = body.text("repository", "full_name");
        int slash = fullName == null ? -1 : fullName.indexOf('/');
        if (fullName != null && slash > 0) {
            OwnerKey organization = new OwnerKey(ORGANIZATION, fullName.substring(0, slash));
            return List.of(
                    new Owner(List.of(new OwnerKey(REPOSITORY, fullName.substring(slash + 1)), organization)),
                    new Owner(List.of(new OwnerKey(REPOSITORY, fullName), organization)));
        }
        String organization = body.text("organization", "login");
        return organization == null ? List.of() : List.of(Owner.of(ORGANIZATION, organization));
    }
}
