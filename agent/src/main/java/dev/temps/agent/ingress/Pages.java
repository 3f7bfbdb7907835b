package dev.temps.agent.ingress;

/** What a visitor sees when there is nothing to show. No name of the platform's insides in them. */
final class Pages {
  /** No app has this host name. */
  static final String NOT_FOUND =
      page("Not found", "There is no application at this address. Is the name spelled right?");

  /** The app has no replica that can serve. */
  static final String UNAVAILABLE =
      page("Not available", "This application is not running right now. Please try again soon.");

  /** The site is for visitors from elsewhere. */
  static final String FORBIDDEN =
      page("Not allowed", "This application is not open to visitors from your network.");

  /** The site's owner is working on it. */
  static final String MAINTENANCE =
      page("Back soon", "This application is being worked on. Please try again in a few minutes.");

  private Pages() {}

  private static String page(String title, String text) {
    return """
    <!doctype html>
    <html lang="en">
    <head><meta charset="utf-8"><title>%1$s</title>
    <style>body{font:1rem/1.5 system-ui,sans-serif;max-width:32rem;margin:20vh auto;padding:0 1rem}\
    </style></head>
    <body><h1>%1$s</h1><p>%2$s</p></body>
    </html>
    """
        .formatted(title, text);
  }
}
