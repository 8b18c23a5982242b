/** What chapter 3 of the course demands. */
package org.spikelet.app.learn.chapter03;
